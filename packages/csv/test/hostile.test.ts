import { emptyLedgers } from "@dpo-kit/batch";
import { collect, toBytes } from "@dpo-kit/testkit";
import { describe, expect, test } from "vitest";
import { type CsvConvertOptions, convertCsv, encodeCsv, formatCsv } from "../src/index.ts";

const MEBIBYTE = 1 << 20;

/** A header, a beginning, the same piece many times, and good rows behind it. */
async function* endless(begin: string, piece: string, times: number): AsyncGenerator<Uint8Array> {
  yield toBytes(`prompt,chosen,rejected\n${begin}`);
  const bytes = toBytes(piece);
  for (let turn = 0; turn < times; turn += 1) {
    yield bytes;
  }
  yield toBytes("\nlast,good,bad\n");
}

/** How often each outcome came, and the most memory that buffers took meanwhile. */
async function run(source: AsyncGenerator<Uint8Array>, options: CsvConvertOptions = {}) {
  const counts = new Map<string, number>();
  let memory = 0;
  const { units } = emptyLedgers();
  for await (const outcome of convertCsv(source, { ...options, units })) {
    const name = outcome.kind === "rejected" ? outcome.issues[0]!.code : outcome.kind;
    counts.set(name, (counts.get(name) ?? 0) + 1);
    memory = Math.max(memory, process.memoryUsage().arrayBuffers);
  }
  expect(units.read).toBe(units.blank + units.malformed + units.intoRecords);
  return { counts: Object.fromEntries(counts), memory };
}

describe("a line of 300 MB takes no more memory than the largest record", () => {
  const line = "x".repeat(MEBIBYTE);

  test.each([
    ["without quotes", "", "CSV_CELL_TOO_LARGE"],
    ["in a quote that is never closed", '"', "CSV_UNCLOSED_QUOTE"],
  ])("%s", async (_, begin, code) => {
    const { counts, memory } = await run(endless(begin, line, 300));
    expect(counts).toEqual({ [code]: 1, pairs: 1 });
    expect(memory).toBeLessThan(200 * MEBIBYTE);
  });

  test("of fields", async () => {
    const { counts, memory } = await run(endless("", "x,".repeat(MEBIBYTE / 2), 300));
    expect(counts).toEqual({ CSV_CELL_TOO_LARGE: 1, pairs: 1 });
    expect(memory).toBeLessThan(250 * MEBIBYTE);
  });
});

test("a file whose every line opens a quote stops after a thousand", async () => {
  await expect(run(endless("", '"a""\n', 200_000))).rejects.toMatchObject({
    code: "CSV_TOO_MANY_RECOVERIES",
  });
});

test("text behind a quote on every line is told of every line", async () => {
  const { counts } = await run(endless("", '"a"b\n', 20_000));
  expect(counts).toEqual({ CSV_TEXT_AFTER_QUOTE: 20_000, pairs: 1 });
});

test("a file of quotes that are open at the limit of a cell stops after a thousand", async () => {
  const source = endless("", 'a,"b\n1,2,3\n', 3_000);
  await expect(run(source, { maxCellBytes: 4 })).rejects.toMatchObject({ code: "CSV_TOO_MANY_RECOVERIES" });
});

test("a header of 100,000 columns is read", async () => {
  const more = Array.from({ length: 99_997 }, (_, index) => `c${index}`).join(",");
  const text = `prompt,chosen,rejected,${more}\na,b,c${",".repeat(99_997)}\nragged\n`;
  const outcomes = await collect(convertCsv(text));
  expect(outcomes.map(({ kind }) => kind)).toEqual(["pairs", "rejected"]);
});

test("a header of more is refused, and so is one that does not end", async () => {
  const many = `prompt,chosen,rejected${",x".repeat(100_000)}\n`;
  await expect(collect(convertCsv(many))).rejects.toMatchObject({ code: "CSV_TOO_MANY_COLUMNS" });
  const long = `prompt,chosen,${"x".repeat(2 * MEBIBYTE)}\n`;
  await expect(collect(convertCsv(long))).rejects.toMatchObject({ code: "CSV_NO_HEADER" });
});

test("deep nesting in a cell is an issue", async () => {
  const deep = `"${"[".repeat(200_000)}"`;
  const text = `messages,chosen,rejected\n${deep},a,b\n"[{""role"":""user"",""content"":""Hi""}]",a,b\n`;
  const outcomes = await collect(convertCsv(text));
  expect(outcomes.map(({ kind }) => kind)).toEqual(["rejected", "pairs"]);
});

test("a conversation of 200,000 turns is a record like any other", async () => {
  const turns = Array.from({ length: 200_000 }, (_, index) => ({
    from: index % 2 === 0 ? "human" : "gpt",
    value: `${index}`,
  }));
  const asked = [...turns, { from: "human", value: "Why?" }];
  const unknown = turns.map(({ value }) => ({ from: "nobody", value }));
  const rows = [asked, unknown].map((messages) => [JSON.stringify(messages), "good", "bad"]);
  const text = formatCsv([["messages", "chosen", "rejected"], ...rows]);
  const batches = await collect(encodeCsv(text));
  const [line] = batches.filter(({ count }) => count > 0).map(({ bytes }) => new TextDecoder().decode(bytes));
  expect(JSON.parse(line!).input.messages).toHaveLength(200_001);
  const rejects = batches.flatMap((batch) => batch.rejects.map(({ issues }) => issues));
  expect(rejects.map((issues) => [...new Set(issues.map(({ code }) => code))])).toEqual([
    ["PAIR_ROLE_UNKNOWN"],
  ]);
});

test("a signal that is aborted ends the reading with its reason", async () => {
  const controller = new AbortController();
  const reason = new Error("enough");
  const rows = convertCsv(endless("", "a,b,c\n", 100_000), { signal: controller.signal });
  await rows.next();
  controller.abort(reason);
  await expect(collect(rows)).rejects.toBe(reason);
});
