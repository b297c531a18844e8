import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type DecodedText, decodeText } from "@dpo-kit/io";
import { describe, expect, test } from "vitest";
import { chooseFormat, formats } from "../src/formats/formats.ts";

interface Fixture {
  name: string;
  path: string;
  options: object;
}

/** The inputs of the fixture folders of a package, with the options they are read with. */
function fixturesOf(name: string): Fixture[] {
  const root = fileURLToPath(new URL(`../../${name}/fixtures/`, import.meta.url));
  return readdirSync(root).flatMap((folder) => {
    const files = readdirSync(join(root, folder));
    const options = files.includes("options.json")
      ? JSON.parse(readFileSync(join(root, folder, "options.json"), "utf8"))
      : {};
    return files
      .filter((file) => file.startsWith("input."))
      .map((file) => ({ name: folder, path: join(root, folder, file), options }));
  });
}

async function claimsOf({ path, options }: Fixture): Promise<string[]> {
  const { encoding } = options as { encoding?: string };
  const bytes = new Uint8Array(readFileSync(path));
  const open = (): Promise<DecodedText> => decodeText(bytes, encoding === undefined ? {} : { encoding });
  const claimed: string[] = [];
  for (const format of formats) {
    // Verdicts are parsed in fixtures, and texts in requests.
    const { verdict: _, ...request } = options as { verdict?: unknown };
    const { confidence } = await format.detect(await open(), { inputs: [], ...request });
    if (confidence > 0) {
      claimed.push(format.id);
    }
  }
  return claimed;
}

async function chosenOf({ path, options }: Fixture): Promise<string> {
  const { encoding, verdict: _, ...request } = options as { encoding?: string; verdict?: unknown };
  const text = await decodeText(
    new Uint8Array(readFileSync(path)),
    encoding === undefined ? {} : { encoding },
  );
  return (await chooseFormat(text, { inputs: [], ...request }, "fixture")).format.id;
}

describe.each([["csv"], ["pairwise"]])(
  "each fixture of %s is taken by its format, and claimed by no other",
  (name) => {
    const fixtures = fixturesOf(name);
    test("there are some", () => expect(fixtures.length).toBeGreaterThan(30));

    test.each(fixtures)("$name", async (fixture) => {
      const owner = ownerOf(fixture, name);
      const others = (await claimsOf(fixture)).filter((id) => id !== name && id !== owner);
      expect(others).toEqual([]);
      expect(await chosenOf(fixture)).toBe(owner);
    });
  },
);

/**
 * Trees of Open Assistant are logs of conversations; as rows of a table, and where it is asked for, the shape of
 * datasets reads them alike. What holds no preferences is named by its layout, where it has one.
 */
function ownerOf({ name: fixture, options }: Fixture, name: string): string {
  const isLog = fixture.startsWith("oasst-tree") || fixture === "no-preferences.supervised";
  return isLog && !Object.hasOwn(options, "from") ? "chat" : name;
}

describe("each fixture of chat is taken by its format", () => {
  const fixtures = fixturesOf("chat");
  test("there are some", () => expect(fixtures.length).toBeGreaterThan(20));

  test.each(fixtures)("$name", async (fixture) => {
    expect(await chosenOf(fixture)).toBe("chat");
  });
});
