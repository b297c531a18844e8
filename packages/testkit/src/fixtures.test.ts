import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type ConvertFixture, expectFixture, type Fixture, listFixtures } from "./fixtures.ts";
import { temporaryFolder } from "./temporary-folder.ts";

async function fixtureWith(files: Record<string, string>): Promise<() => Fixture> {
  const root = await temporaryFolder();
  await mkdir(join(root, "shown"));
  for (const [name, text] of Object.entries(files)) {
    await writeFile(join(root, "shown", name), text);
  }
  return () => listFixtures(pathToFileURL(`${root}/`))[0]!;
}

beforeEach(() => void vi.stubEnv("DPO_UPDATE_FIXTURES", ""));
afterEach(() => void vi.unstubAllEnvs());

const shout: ConvertFixture = ({ input, options }) => ({
  output: `${Buffer.from(input).toString().toUpperCase()}${options.mark ?? ""}\n`,
  issues: [{ code: "LOUD" }],
});

test("a fixture that is as expected", async () => {
  const fixture = await fixtureWith({
    "input.txt": "ab",
    "options.json": '{"mark":"!"}',
    "expected.jsonl": "AB!\n",
    "issues.jsonl": '{"code":"LOUD"}\n',
  });
  await expectFixture(fixture(), shout);
});

test.each([
  ["another line", { "expected.jsonl": "AC\n", "issues.jsonl": '{"code":"LOUD"}\n' }],
  ["an issue that is not expected", { "expected.jsonl": "AB\n" }],
  ["a missing final line feed", { "expected.jsonl": "AB", "issues.jsonl": '{"code":"LOUD"}\n' }],
])("%s fails, and the failure says how to update", async (_, files) => {
  const fixture = await fixtureWith({ "input.txt": "ab", ...files });
  await expect(expectFixture(fixture(), shout)).rejects.toThrow("DPO_UPDATE_FIXTURES=1");
});

test("nothing expected and nothing found shows nothing", async () => {
  const fixture = await fixtureWith({ "input.txt": "" });
  await expect(expectFixture(fixture(), () => ({ output: "" }))).rejects.toThrow("shows nothing");
});

test("updating writes what came of it", async () => {
  const fixture = await fixtureWith({ "input.txt": "ab", "issues.jsonl": "old\n" });
  vi.stubEnv("DPO_UPDATE_FIXTURES", "1");
  await expectFixture(fixture(), () => ({ output: "new\n" }));
  expect(await readFile(join(fixture().folder, "expected.jsonl"), "utf8")).toBe("new\n");
  await expect(readFile(join(fixture().folder, "issues.jsonl"))).rejects.toThrow("ENOENT");
});

test("a file that nobody reads is found", async () => {
  const fixture = await fixtureWith({ "input.txt": "ab", "expect.jsonl": "AB\n" });
  expect(fixture).toThrow("expect.jsonl");
});
