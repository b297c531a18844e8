import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chatFormats, holdsPreferences } from "@dpo-kit/chat";
import { type DecodedText, decodeText } from "@dpo-kit/io";
import { describe, expect, test } from "vitest";
import { claimSet } from "../src/formats/claim-set.ts";
import { chooseFormat, formats } from "../src/formats/formats.ts";
import type { FormatPlan } from "../src/formats/pipeline-format.ts";
import { folderSet } from "../src/node/folder-set.ts";

interface Fixture {
  name: string;
  path: string;
  options: object;
}

function fixturesFolder(name: string): string {
  return fileURLToPath(new URL(`../../${name}/fixtures/`, import.meta.url));
}

/** The inputs of the fixture folders of a package, with the options they are read with. */
function fixturesOf(name: string): Fixture[] {
  const root = fixturesFolder(name);
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

/** What a format claims that sees no more than that a text may be for it has less. */
const SURE = 0.6;

/** The formats that claim a fixture with more than some confidence. */
async function claimsOf({ path, options }: Fixture, above = 0): Promise<string[]> {
  const { encoding } = options as { encoding?: string };
  const bytes = new Uint8Array(readFileSync(path));
  const open = (): Promise<DecodedText> => decodeText(bytes, encoding === undefined ? {} : { encoding });
  const claimed: string[] = [];
  for (const format of formats) {
    // Verdicts are parsed in fixtures, and texts in requests.
    const { verdict: _, ...request } = options as { verdict?: unknown };
    const { confidence } = await format.detect(await open(), { inputs: [], ...request });
    if (confidence > above) {
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

/** Rows of these layouts could be read as rows, too: the format of logs knows them better, and is surer of them. */
const alsoRows: ReadonlySet<string> = new Set([
  "open-assistant",
  "open-assistant.all-pairs",
  "label-studio.table",
  "prodigy.compare",
]);

describe("each fixture of chat is taken by its format, and surely claimed by no other", () => {
  const fixtures = fixturesOf("chat");
  test("there are some", () => expect(fixtures.length).toBeGreaterThan(50));

  test.each(fixtures)("$name", async (fixture) => {
    expect(await chosenOf(fixture)).toBe("chat");
    const others = (await claimsOf(fixture, SURE)).filter((id) => id !== "chat");
    expect(others).toEqual(alsoRows.has(fixture.name) ? ["pairwise"] : []);
  });
});

describe("each fixture of chat that is several files is taken as a whole, by its format alone", () => {
  const root = fixturesFolder("chat");
  const folders = readdirSync(root).filter((name) => existsSync(join(root, name, "input")));
  test("there are some", () => expect(folders.length).toBeGreaterThan(5));

  test.each(folders)("%s", async (name) => {
    const set = await folderSet(join(root, name, "input"));
    const claimed = await claimSet(set, { inputs: [] });
    expect(claimed?.format.id).toBe("chat");
    const format = chatFormats.find(({ id }) => id === layoutOf(name))!;
    const plan = async (): Promise<FormatPlan> => claimed!.sets.plan(set, { inputs: [] });
    if (holdsPreferences(format)) {
      expect((await plan()).facts).toContainEqual({ label: "kind", value: format.title });
    } else {
      await expect(plan()).rejects.toMatchObject({ code: "CHAT_NO_PREFERENCES" });
    }
  });
});

/** `chatgpt.damaged` is of the layout `chatgpt`. */
function layoutOf(fixture: string): string {
  return fixture.split(".", 1)[0]!;
}
