import { emptyLedgers, type PairBatch, type UnitLedger } from "@dpo-kit/batch";
import type { StoredJson } from "@dpo-kit/io";
import type { JsonObject, JsonValue } from "@dpo-kit/schema";
import fc from "fast-check";
import { expect, test } from "vitest";
import { detectPairwise } from "../detect-pairwise.ts";
import { encodePairwise } from "../encode-pairwise.ts";
import type { PairwiseConvertOptions } from "../pairwise-options.ts";
import type { PairwiseRow } from "../pairwise-row.ts";

const tricky = [
  "",
  " ",
  "\u2028",
  "\ud800",
  "é",
  "e\u0301",
  "<|im_end|>",
  "\n\nHuman: Hi\n\nAssistant:",
  "<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\n",
  '[{"role": "user", "content": "Hi"}]',
  "[['question', 'answer']]",
  "[INST] Hi [/INST]",
  "What does [INST] mean?",
  "Go on:\n\nHuman: Hi\n\nAssistant:",
  '{"a": 1}',
  "same",
  " same ",
];
const text = fc.oneof(fc.constantFrom(...tricky), fc.string({ unit: "binary" }), fc.lorem());
const anything = fc.oneof(
  { weight: 12, arbitrary: text as fc.Arbitrary<JsonValue> },
  { weight: 1, arbitrary: fc.jsonValue() as fc.Arbitrary<JsonValue> },
);
const score = fc.option(fc.constantFrom(1, 2.5, 3, "4", Number.NaN), { nil: null });
const optional = { requiredKeys: ["chosen", "rejected"] as ("chosen" | "rejected")[] };

const flatRow = fc.record(
  { prompt: anything, chosen: anything, rejected: anything, score_chosen: score, score_rejected: score },
  optional,
) as fc.Arbitrary<JsonObject>;

const message = (role: string, content: fc.Arbitrary<JsonValue> = anything) =>
  fc.record({ role: fc.constant(role), content, name: text }, { requiredKeys: ["role", "content"] });
const conversationRow = fc
  .record({
    system: fc.option(message("system"), { nil: undefined }),
    asked: message("user"),
    answers: fc.tuple(message("assistant"), message("assistant")),
    other: fc.option(message("user"), { nil: undefined }),
    prompt: fc.option(anything, { nil: undefined }),
  })
  .map(({ system, asked, answers, other, prompt }) => ({
    prompt: prompt ?? asked.content,
    chosen: [...(system ? [system] : []), asked, answers[0]],
    rejected: [...(system ? [system] : []), other ?? asked, answers[1]],
  })) as unknown as fc.Arbitrary<JsonObject>;

/** What most rows hold, so that the shape is found. */
const flatSample: JsonObject = { prompt: "Why?", chosen: "Because.", rejected: "No." };
const scored: JsonObject = { ...flatSample, score_chosen: 2, score_rejected: 1 };
const conversationSample: JsonObject = {
  prompt: "Why?",
  chosen: [
    { role: "user", content: "Why?" },
    { role: "assistant", content: "Because." },
  ],
  rejected: [
    { role: "user", content: "Why?" },
    { role: "assistant", content: "No." },
  ],
};

function asRows(values: readonly JsonValue[]): PairwiseRow[] {
  return values.map((value, ordinal) => ({
    value,
    at: { source: "input", ordinal, line: ordinal + 1 },
    bytes: 100,
  }));
}

/** Rows as a table gives them: their texts as bytes, unless one is no whole Unicode. */
function asStoredRows(values: readonly JsonValue[]): PairwiseRow[] {
  return asRows(values).map((row) => ({
    ...row,
    takeStored: () => {
      const isWhole = !/\\ud[89a-f]/u.test(JSON.stringify(row.value));
      return isWhole ? (storedOf(row.value!) as { [column: string]: StoredJson }) : undefined;
    },
  }));
}

function storedOf(value: JsonValue): StoredJson {
  if (typeof value === "string") {
    return new TextEncoder().encode(value);
  }
  if (typeof value !== "object" || value === null) {
    return value;
  }
  return Array.isArray(value)
    ? value.map(storedOf)
    : Object.fromEntries(Object.entries(value).map(([name, each]) => [name, storedOf(each)]));
}

/** Rows as JSON Lines give them. */
function asJsonRows(values: readonly JsonValue[]): PairwiseRow[] {
  return asRows(values).map((row, ordinal) => ({
    ...row,
    takeJson: () => ({
      bytes: new TextEncoder().encode(JSON.stringify(row.value)),
      ordinal,
      line: ordinal + 1,
    }),
  }));
}

type Encoded = Promise<{ batches: PairBatch[]; units: UnitLedger }>;

function encode(
  values: readonly JsonValue[],
  options: PairwiseConvertOptions,
  lane: "fast" | "reference",
): Encoded {
  return encodeRows(asRows(values), options, lane);
}

async function encodeRows(
  rows: readonly PairwiseRow[],
  options: PairwiseConvertOptions,
  lane: "fast" | "reference",
): Encoded {
  const { units } = emptyLedgers();
  const batches: PairBatch[] = [];
  for await (const batch of encodePairwise(rows, { ...options, lane, maxBytes: 500 })) {
    // How far rows are read ahead decides which batch counts them.
    units.read += batch.ledgers.units.read;
    units.intoRecords += batch.ledgers.units.intoRecords;
    batches.push({ ...batch, ledgers: { ...batch.ledgers, units: emptyLedgers().units } });
  }
  return { batches, units };
}

test.each([
  ["texts", flatSample, flatRow],
  ["texts with scores", scored, flatRow],
  ["conversations", conversationSample, conversationRow],
])("both roads give the same batches: %s", async (_, sample, row) => {
  const system = fc.option(fc.constantFrom("Be kind.", " "), { nil: undefined });
  await fc.assert(
    fc.asyncProperty(fc.array(row, { maxLength: 12 }), system, async (rows, given) => {
      const options = { detection: detectPairwise([sample]), system: given };
      const values = [sample, ...rows];
      const expected = await encode(values, options, "reference");
      expect(await encode(values, options, "fast")).toEqual(expected);
      for (const make of [asJsonRows, asStoredRows]) {
        expect(await encodeRows(make(values), options, "fast")).toEqual(expected);
      }
    }),
    { numRuns: 150 },
  );
});

test("plain rows are taken by the lane, and counted as rows", async () => {
  const options = { detection: detectPairwise([flatSample]) };
  const untouched = new Proxy(flatSample, {
    ownKeys() {
      throw new Error("the columns of a plain row were listed");
    },
  });
  const { batches, units } = await encode([untouched], options, "fast");
  expect(batches[0]!.count).toBe(1);
  expect(units).toEqual({ ...emptyLedgers().units, read: 1, intoRecords: 1 });
  await expect(encode([untouched], options, "reference")).rejects.toThrow("were listed");
});

test("plain rows of JSON are read from their bytes, and nothing else is asked of them", async () => {
  const bytes = new TextEncoder().encode(JSON.stringify(flatSample));
  const row: PairwiseRow = {
    at: { source: "input" },
    bytes: bytes.length,
    takeJson: () => ({ bytes, ordinal: 4, line: 7 }),
    get plain(): never {
      throw new Error("a plain row was parsed");
    },
  };
  const options = { detection: detectPairwise([flatSample]), takeUnits: () => ({}) };
  const batches: PairBatch[] = [];
  for await (const batch of encodePairwise([row], options)) {
    batches.push(batch);
  }
  const [{ recordOrdinal, physicalLine }] = batches as [PairBatch];
  expect([...recordOrdinal, ...physicalLine]).toEqual([4, 7]);
});

test("plain rows of tables are read from their bytes, and nothing else is asked of them", async () => {
  const row: PairwiseRow = {
    at: { source: "input", ordinal: 4 },
    bytes: 100,
    takeStored: () => storedOf(conversationSample) as { [column: string]: StoredJson },
    get value(): never {
      throw new Error("a plain row was made");
    },
  };
  const options = { detection: detectPairwise([conversationSample]), takeUnits: () => ({}) };
  const batches: PairBatch[] = [];
  for await (const batch of encodePairwise([row], options)) {
    batches.push(batch);
  }
  expect([...batches[0]!.recordOrdinal]).toEqual([4]);
});

test("a column that is the score of both answers is read as such", async () => {
  const value = { ...flatSample, score_chosen_rejected: 2 };
  const bytes = new TextEncoder().encode(JSON.stringify(value));
  const [row] = asRows([value]) as [PairwiseRow];
  const rows = [{ ...row, takeJson: () => ({ bytes, ordinal: 0, line: 1 }) }];
  const options = { detection: detectPairwise([value]) };
  expect(await encodeRows(rows, options, "fast")).toEqual(await encodeRows(rows, options, "reference"));
});
