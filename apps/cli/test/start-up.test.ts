import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { temporaryFolder } from "@dpo-kit/testkit";
import { describe, expect, test } from "vitest";
import { runDpo } from "./run-dpo.ts";

/** The files that were loaded, as V8's coverage lists them. */
async function loadedFiles(...words: string[]): Promise<string[]> {
  const folder = await temporaryFolder();
  const { exitCode } = await runDpo(words, { env: { NODE_V8_COVERAGE: folder } });
  expect(exitCode).toBe(0);
  const [report] = await readdir(folder);
  const { result } = JSON.parse(await readFile(join(folder, report!), "utf8")) as {
    result: { url: string }[];
  };
  return result
    .map(({ url }) => url)
    .filter((url) => url.startsWith("file:"))
    .map((url) => fileURLToPath(url).replaceAll("\\", "/"));
}

const outside = (files: readonly string[]): string[] => files.filter((file) => !file.includes("/apps/cli/"));

// What is slow at start-up is loading: zod alone takes longer than all of --help.
describe("what is loaded", () => {
  test.each([["--help"], ["--version"], ["help", "exit-codes"]])(
    "for %s: nothing but the command's own few files",
    async (...words) => {
      const files = await loadedFiles(...words);
      expect(files.some((file) => file.endsWith("/dist/main.js"))).toBe(true);
      expect(outside(files)).toEqual([]);
      expect(files.length).toBeLessThanOrEqual(24);
    },
  );

  test.each([
    ["convert", "--help"],
    ["explain", "IO_EMPTY"],
    ["completion", "bash"],
  ])("for %s %s: declarations and codes, no reader, no zod", async (...words) => {
    const files = outside(await loadedFiles(...words));
    expect(files.length).toBeGreaterThan(0);
    expect(
      files.filter((file) => !/\/packages\/(?:schema\/dist\/|pipeline\/dist\/options)/u.test(file)),
    ).toEqual([]);
    expect(files.filter((file) => file.includes("zod"))).toEqual([]);
  });
});
