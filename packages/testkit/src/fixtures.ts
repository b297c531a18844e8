import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

/** One folder of the fixtures: an input, and what is to come of it. */
export interface Fixture {
  /** The folder's name, which says what it shows. */
  readonly name: string;
  /** The folder's path. */
  readonly folder: string;
  /** The file name of the input: `input.csv`. */
  readonly inputName: string;
  readonly input: Uint8Array;
  /** What `options.json` holds; an empty object where there is none. */
  readonly options: Readonly<Record<string, unknown>>;
}

/** What a conversion gave. */
export interface FixtureResult {
  /** The output: canonical lines, each ended by a line feed. */
  readonly output: string | Uint8Array;
  /** Everything that was found wrong, in order. Default: nothing. */
  readonly issues?: readonly unknown[];
}

/** Converts the input of a fixture. */
export type ConvertFixture = (fixture: Fixture) => FixtureResult | Promise<FixtureResult>;

const known = /^(input\..+|options\.json|expected\.jsonl|issues\.jsonl|README\.md)$/u;

/**
 * The fixtures in a folder, sorted by name. Each is a folder with one `input.*`, and beside it `options.json`
 * (if there are options), `expected.jsonl` (if lines come of it) and `issues.jsonl` (if something is wrong).
 *
 * @throws where a folder holds no input, more than one, or a file that nobody reads.
 */
export function listFixtures(directory: URL): Fixture[] {
  const root = fileURLToPath(directory);
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => readFixture(root, entry.name))
    .sort((left, right) => (left.name < right.name ? -1 : 1));
}

function readFixture(root: string, name: string): Fixture {
  const folder = join(root, name);
  const files = readdirSync(folder);
  const stray = files.filter((file) => !known.test(file));
  const inputs = files.filter((file) => file.startsWith("input."));
  if (inputs.length !== 1 || stray.length > 0) {
    throw new Error(`${folder}: one input.* expected, found ${inputs.length}; unknown files: ${stray}`);
  }
  const optionsFile = join(folder, "options.json");
  return {
    name,
    folder,
    inputName: inputs[0]!,
    input: new Uint8Array(readFileSync(join(folder, inputs[0]!))),
    options: existsSync(optionsFile) ? JSON.parse(readFileSync(optionsFile, "utf8")) : {},
  };
}

/**
 * Converts one fixture and compares output and issues with its files, byte by byte and in order. With
 * `DPO_UPDATE_FIXTURES=1` it writes the files instead; read the difference before you commit it.
 */
export async function expectFixture(fixture: Fixture, convert: ConvertFixture): Promise<void> {
  const result = await convert(fixture);
  const actual = {
    "expected.jsonl": Buffer.from(result.output).toString("utf8"),
    "issues.jsonl": (result.issues ?? []).map((issue) => `${JSON.stringify(issue)}\n`).join(""),
  };
  for (const [file, text] of Object.entries(actual)) {
    compareFile(join(fixture.folder, file), text);
  }
  expect(actual["expected.jsonl"] + actual["issues.jsonl"], `${fixture.name} shows nothing`).not.toBe("");
}

function compareFile(path: string, text: string): void {
  if (process.env.DPO_UPDATE_FIXTURES === "1") {
    rmSync(path, { force: true });
    if (text !== "") {
      writeFileSync(path, text);
    }
    return;
  }
  const expected = existsSync(path) ? readFileSync(path, "utf8") : "";
  expect(text.split("\n"), `${path} (to write it: DPO_UPDATE_FIXTURES=1 npx vitest run)`).toEqual(
    expected.split("\n"),
  );
}

/** One test for each fixture of a folder; a folder with no fixture fails. */
export function testFixtures(directory: URL, convert: ConvertFixture): void {
  describe("fixtures", () => {
    const fixtures = listFixtures(directory);
    test("are there", () => expect(fixtures.length).toBeGreaterThan(0));
    test.each(fixtures)("$name", (fixture) => expectFixture(fixture, convert));
  });
}
