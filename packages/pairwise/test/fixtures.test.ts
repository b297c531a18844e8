import { readdirSync } from "node:fs";
import { decodeText, readJsonArray, readJsonLines } from "@dpo-kit/io";
import { DataError, type Issue, type JsonObject, type JsonValue } from "@dpo-kit/schema";
import { type Fixture, type FixtureResult, listFixtures, testFixtures } from "@dpo-kit/testkit";
import { describe, expect, test } from "vitest";
import {
  detectPairwise,
  encodePairwise,
  type PairwiseConvertOptions,
  type PairwiseRow,
  shapes,
} from "../src/index.ts";

const folder = new URL("../fixtures/", import.meta.url);

/** What `issues.jsonl` holds of an issue: enough to see that it is the right one, at the right place. */
function summary({ code, location }: Pick<Issue, "code" | "location">): unknown {
  const { line, path } = location;
  return { code, line, path };
}

async function* rowsOf(input: Uint8Array): AsyncGenerator<PairwiseRow> {
  const text = await decodeText(input);
  const isArray = text.head[0] === 0x5b;
  for await (const record of isArray ? readJsonArray(text.chunks) : readJsonLines(text.chunks)) {
    if (!("blank" in record && record.blank === true)) {
      const at = { source: "-", ordinal: record.ordinal, line: record.line };
      const { issues, byteLength: bytes } = record;
      yield { value: record.value as JsonValue, at, issues, bytes };
    }
  }
}

/** Lines and issues; what was skipped, dropped or noted stands among the issues by its reason or code, and count. */
async function convert({ input, options }: Fixture): Promise<FixtureResult> {
  const lines: Uint8Array[] = [];
  const issues: unknown[] = [];
  const skipped = new Map<string, number>();
  const dropped = new Map<string, number>();
  const noted = new Map<string, number>();
  try {
    for await (const batch of encodePairwise(rowsOf(input), options as PairwiseConvertOptions)) {
      lines.push(batch.bytes);
      issues.push(...batch.rejects.flatMap((reject) => reject.issues.map(summary)));
      addTo(skipped, batch.ledgers.records.skipped);
      addTo(dropped, batch.ledgers.comparisons.dropped);
      addTo(noted, new Map(batch.noteCounts.map(({ code, count }) => [code, count])));
    }
  } catch (error) {
    if (!DataError.isInstance(error)) {
      throw error;
    }
    issues.push(summary({ code: error.code, location: error.location ?? { source: "-" } }));
  }
  issues.push(...[...skipped].map(([reason, count]) => ({ skipped: reason, count })));
  issues.push(...[...dropped].map(([reason, count]) => ({ dropped: reason, count })));
  // What providers say of lines is for the tests of their rules.
  const ownNotes = [...noted].filter(([code]) => code.startsWith("PAIRWISE_"));
  issues.push(...ownNotes.map(([code, count]) => ({ noted: code, count })));
  return { output: Buffer.concat(lines), issues };
}

function addTo(totals: Map<string, number>, counts: ReadonlyMap<string, number>): void {
  for (const [reason, count] of counts) {
    totals.set(reason, (totals.get(reason) ?? 0) + count);
  }
}

testFixtures(folder, convert);

async function detected({ input, options }: Fixture): Promise<string | undefined> {
  const values: JsonObject[] = [];
  for await (const { value } of rowsOf(input)) {
    if (typeof value === "object" && value !== null && !Array.isArray(value)) {
      values.push(value);
    }
  }
  return detectPairwise(values, options as PairwiseConvertOptions).chosen?.id;
}

describe("every shape", () => {
  const fixtures = listFixtures(folder);
  // A fixture folder is named after the shape it shows: `<shape id>` or `<shape id>.<what is special>`.
  const shapeOf = ({ name }: Fixture): string => name.split(".")[0]!;

  test.each(fixtures)("$name is claimed by the shape it is named after", async (fixture) => {
    expect(await detected(fixture)).toBe(shapeOf(fixture));
  });

  test("has a fixture", () => {
    const shown = new Set(fixtures.map(shapeOf));
    expect(shapes.map(({ id }) => id).filter((id) => !shown.has(id))).toEqual([]);
  });

  test("is one file, and each file is a shape", async () => {
    const directory = new URL("../src/shapes/", import.meta.url);
    const names = readdirSync(directory).filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"));
    const modules = await Promise.all(names.map((name) => import(new URL(name, directory).href)));
    const found = modules.flatMap((module) =>
      Object.values(module).filter((each) => shapes.includes(each as never)),
    );
    expect(new Set(found)).toEqual(new Set(shapes));
    expect(found.length).toBe(names.length);
  });

  test("has an id of its own", () => {
    expect(new Set(shapes.map(({ id }) => id)).size).toBe(shapes.length);
  });
});
