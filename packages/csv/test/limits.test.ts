import { collect } from "@dpo-kit/testkit";
import { expect, test } from "vitest";
import { convertCsv, encodeCsv } from "../src/index.ts";

const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

test("a header over the limit of a cell is a header all the same, and rows stay whole", async () => {
  const text = "prompt,chosen,rejected\nx\na,b,c\nd,e,f\n";
  const outcomes = await collect(convertCsv(text, { maxCellBytes: 10 }));
  expect(outcomes.map(({ kind, at }) => [kind, at.line])).toEqual([
    ["rejected", 2],
    ["pairs", 3],
    ["pairs", 4],
  ]);
  const [batch] = await collect(encodeCsv(text, { maxCellBytes: 10 }));
  const answers = textOf(batch!.bytes)
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line).non_preferred_output[0].content);
  expect(answers).toEqual(["c", "f"]);
});

test("of a piece with very many records blocks are made one after the other, and none is lost", async () => {
  const good = 50_000;
  const bad = 5_000;
  const rows = `${"a,b,c\n".repeat(good)}${'x,"y"z,w\n'.repeat(bad)}${"a,b,c\n".repeat(good)}`;
  const batches = await collect(encodeCsv(`prompt,chosen,rejected\n${rows}`));
  const sum = (of: (batch: (typeof batches)[number]) => number): number =>
    batches.reduce((total, each) => total + of(each), 0);
  expect(sum((batch) => batch.count)).toBe(2 * good);
  expect(sum((batch) => batch.rejects.length)).toBe(bad);
  expect(sum((batch) => batch.ledgers.units.read)).toBe(2 * good + bad);
  expect(Math.max(...batches.map((batch) => batch.rejects.length))).toBeLessThan(bad);
  const lines = batches.flatMap((batch) => batch.rejects.map(({ at }) => at.line));
  expect(lines[0]).toBe(good + 2);
  expect(lines.at(-1)).toBe(good + bad + 1);
});

test("answers that are equal once composed are told of on both roads", async () => {
  const text =
    'prompt,chosen,rejected\na,"caf\u00e9 au lait","cafe\u0301 au lait"\nb,caf\u00e9,cafe\nc,\uac00,\u1100\u1161\n';
  const [fast, reference] = await Promise.all(
    (["fast", "reference"] as const).map((lane) => collect(encodeCsv(text, { lane }))),
  );
  const told = fast!.flatMap(({ notes }) => notes.map(({ code, location }) => [code, location.line]));
  expect(told).toEqual([
    ["OUTPUT_IDENTICAL", 2],
    ["OUTPUT_IDENTICAL", 4],
  ]);
  expect(reference!.flatMap(({ notes }) => notes)).toEqual(fast!.flatMap(({ notes }) => notes));
});

test.each([
  ["JSON", (json: string) => json],
  ["JSON in JSON", (json: string) => JSON.stringify(json)],
])("a key that stands twice in a cell of %s rejects the row", async (_, write) => {
  const cell = (json: string): string => `"${write(json).replaceAll('"', '""')}"`;
  const good = '[{"role":"user","content":"a"}]';
  const twice = '[{"role":"user","content":"a","content":"b"}]';
  const text = `messages,chosen,rejected\n${cell(good)},b,c\n${cell(twice)},b,c\n`;
  const outcomes = await collect(convertCsv(text));
  expect(outcomes).toMatchObject([
    { kind: "pairs" },
    {
      kind: "rejected",
      issues: [{ code: "IO_JSON_DUPLICATE_KEY", found: '"[0].content"', location: { line: 3, column: 1 } }],
    },
  ]);
});
