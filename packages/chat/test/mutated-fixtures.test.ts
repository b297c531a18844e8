import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, it } from "vitest";
import { signalNames } from "../src/index.ts";
import { type ChatFixture, fileOf, listChatFixtures } from "./chat-fixtures.ts";
import { convertAccounted } from "./convert-accounted.ts";

const fixtures = listChatFixtures(new URL("../fixtures/", import.meta.url));
const from = ({ name }: ChatFixture): string => name.split(".")[0]!;

/** A file's values, one a line, and how they are written. */
interface Parsed {
  readonly name: string;
  readonly values: unknown[];
  write(values: readonly unknown[]): string;
}

function parseFile(path: string, name: string): Parsed | undefined {
  const text = readFileSync(path, "utf8").replace(/^\uFEFF/u, "");
  try {
    return { name, values: [JSON.parse(text)], write: ([value]) => JSON.stringify(value) };
  } catch {
    const values = text.split("\n").flatMap(parseLine);
    const write = (lines: readonly unknown[]): string => lines.map((line) => JSON.stringify(line)).join("\n");
    return name.endsWith(".jsonl") ? { name, values, write } : undefined;
  }
}

function parseLine(line: string): unknown[] {
  try {
    return [JSON.parse(line)];
  } catch {
    return [];
  }
}

function filesOf({ folder, inputName, files }: ChatFixture): Parsed[] {
  const isFolder = inputName === "input";
  const parsed = files.map(({ name }) => parseFile(join(folder, isFolder ? `input/${name}` : name), name));
  return parsed.filter((file) => file !== undefined);
}

/** Puts another value in the place that some numbers lead to; an empty list of them is the whole. */
function replaced(value: unknown, steps: readonly number[], other: unknown): unknown {
  const [step, ...rest] = steps;
  if (step === undefined || typeof value !== "object" || value === null) {
    return other;
  }
  const keys = Object.keys(value);
  const key = keys[step % Math.max(1, keys.length)];
  if (key === undefined) {
    return other;
  }
  const copy = Array.isArray(value) ? [...value] : { ...value };
  (copy as Record<string, unknown>)[key] = replaced((value as Record<string, unknown>)[key], rest, other);
  return copy;
}

function mutated(
  values: readonly unknown[],
  [first = 0, ...steps]: readonly number[],
  other: unknown,
): unknown[] {
  const at = first % Math.max(1, values.length);
  return values.map((value, index) => (index === at ? replaced(value, steps, other) : value));
}

const mutation = fc.record({
  file: fc.nat(9),
  steps: fc.array(fc.nat(30), { maxLength: 9 }),
  other: fc.oneof(
    fc.constantFrom<unknown>(null, [], {}, "", "__proto__", -1, 1e300, true, [null], { constructor: 1 }),
    fc.jsonValue(),
  ),
});

describe("a damaged export", () => {
  it.each(fixtures.filter((fixture) => filesOf(fixture).length > 0))("$name", async (fixture) => {
    const parsed = filesOf(fixture);
    await fc.assert(
      fc.asyncProperty(mutation, async ({ file, steps, other }) => {
        const chosen = file % parsed.length;
        const files = parsed.map(({ name, values, write }, index) =>
          fileOf(write(index === chosen ? mutated(values, steps, other) : values), name),
        );
        await convertAccounted(files, { from: from(fixture), signals: signalNames });
      }),
      { numRuns: 30 },
    );
  });
});
