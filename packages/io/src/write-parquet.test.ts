import { carriedJsonText, carryJson, type JsonObject, type JsonValue } from "@dpo-kit/schema";
import { arbitraryDpoExample, collect, collectBytes } from "@dpo-kit/testkit";
import fc from "fast-check";
import { parquetMetadataAsync } from "hyparquet";
import { describe, expect, test } from "vitest";
import { jsonTextAt } from "./json-text-at.ts";
import type { ParquetColumn } from "./parquet-column.ts";
import { randomAccess } from "./random-access.ts";
import { readParquet } from "./read-parquet.ts";
import { type WriteParquetOptions, writeParquet } from "./write-parquet.ts";

const text = (name: string): ParquetColumn => ({ name, type: "string" });
const call: ParquetColumn[] = [
  text("id"),
  text("type"),
  { name: "function", struct: [text("name"), text("arguments")] },
];
const message: ParquetColumn[] = [
  text("role"),
  text("content"),
  { name: "tool_calls", list: call },
  text("tool_call_id"),
];
const preferences: ParquetColumn[] = [
  {
    name: "input",
    struct: [
      { name: "messages", list: message },
      { name: "tools", type: "json" },
      { name: "parallel_tool_calls", type: "bool" },
    ],
  },
  { name: "preferred_output", list: message },
  { name: "non_preferred_output", list: message },
];

function write(rows: Iterable<JsonObject>, options: WriteParquetOptions): Promise<Uint8Array> {
  return collectBytes(writeParquet(rows, options));
}

async function read(bytes: Uint8Array): Promise<JsonValue[]> {
  const rows = await collect(readParquet(randomAccess(bytes)));
  return rows.map(({ value }) => value!);
}

/** Without the nulls that stand for what is missing. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(withoutNulls);
  }
  if (typeof value !== "object" || value === null) {
    return value;
  }
  const entries = Object.entries(value).filter(([, inner]) => inner !== null);
  return Object.fromEntries(entries.map(([key, inner]) => [key, withoutNulls(inner)]));
}

describe("writeParquet", () => {
  test("what is written is read back, wherever row groups end", async () => {
    const options = fc.record({
      rowGroupRows: fc.integer({ min: 1, max: 5 }),
      rowGroupCharacters: fc.constantFrom(1, 100, 1e6),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(arbitraryDpoExample(), { maxLength: 8 }),
        options,
        async (examples, sizes) => {
          const rows = examples as unknown as JsonObject[];
          const bytes = await write(rows, { columns: preferences, ...sizes });
          expect((await read(bytes)).map(withoutNulls)).toEqual(rows.map(withoutNulls));
          expect(await write(rows, { columns: preferences, ...sizes })).toEqual(bytes);
        },
      ),
      { numRuns: 25 },
    );
  });

  test("no rows make a file of no rows", async () => {
    const bytes = await write([], { columns: preferences });
    expect(await read(bytes)).toEqual([]);
    expect((await parquetMetadataAsync(randomAccess(bytes) as never)).schema[0]!.num_children).toBe(3);
  });

  test("JSON keeps its number tokens and the order of its keys", async () => {
    const tools = carryJson('{"b":1.0,"a":12345678901234567890,"__proto__":[1e2]}');
    const [row] = await read(await write([{ tools }], { columns: [{ name: "tools", type: "json" }] }));
    expect(carriedJsonText((row as JsonObject).tools)).toBe(carriedJsonText(tools));
  });

  test("members of any name are ordinary, and 64-bit integers are integers", async () => {
    const columns: ParquetColumn[] = [
      { name: "__proto__", struct: [text("constructor")] },
      { name: "weight", type: "int64" },
    ];
    const row = JSON.parse('{"__proto__":{"constructor":"x"},"weight":1}') as JsonObject;
    expect(JSON.stringify((await read(await write([row, {}], { columns })))[0])).toBe(JSON.stringify(row));
  });

  test("row groups end where they hold enough", async () => {
    const rows = Array.from({ length: 25 }, (_, at) => ({ x: "x".repeat(at === 3 ? 1000 : 1) }));
    const columns = [text("x")];
    const bytes = await write(rows, { columns, rowGroupRows: 10, rowGroupCharacters: 500 });
    const { row_groups: groups } = await parquetMetadataAsync(randomAccess(bytes) as never);
    expect(groups.map(({ num_rows }) => Number(num_rows))).toEqual([4, 10, 10, 1]);
  });

  test("bytes come before all rows are read", async () => {
    let read = 0;
    function* rows(): Generator<JsonObject> {
      for (; read < 1000; read += 1) {
        yield { x: "x" };
      }
    }
    for await (const _ of writeParquet(rows(), { columns: [text("x")], rowGroupRows: 10 })) {
      expect(read).toBeLessThan(20);
      break;
    }
  });

  test.each<[string, JsonObject]>([
    ["a member without a column", { y: "x" }],
    ["a number for a text", { x: 1 }],
    ["a text for a list", { l: "x" }],
    ["a list for a struct", { l: [[]] }],
    ["a fraction for an integer", { n: 1.5 }],
    ["a number for true or false", { b: 1 }],
  ])("%s is refused", async (_, row) => {
    const columns: ParquetColumn[] = [
      text("x"),
      { name: "l", list: [text("y")] },
      { name: "n", type: "int64" },
      { name: "b", type: "bool" },
    ];
    await expect(write([row], { columns })).rejects.toThrow(TypeError);
  });
});

test("jsonTextAt gives the text as it was written", () => {
  const line = '{"a": {"b" : [ 1.0, {"c":"}"} ] }, "d":2}';
  expect(jsonTextAt(line, ["a", "b"])).toBe('[ 1.0, {"c":"}"} ]');
  expect(jsonTextAt(line, ["a", "b", 0])).toBe("1.0");
  expect(jsonTextAt(line, ["a", "x"])).toBeUndefined();
});
