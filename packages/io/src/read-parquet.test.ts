import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, gunzipSync, gzipSync } from "node:zlib";
import { carriedJsonText, type JsonValue } from "@dpo-kit/schema";
import { collect } from "@dpo-kit/testkit";
import fc from "fast-check";
import type { SchemaElement } from "hyparquet";
import { parquetWriteBuffer } from "hyparquet-writer";
import { describe, expect, test } from "vitest";
import { isBinaryValue } from "./binary-value.ts";
import { parquetSchema } from "./parquet-schema.ts";
import { type RandomAccess, randomAccess } from "./random-access.ts";
import { type ReadParquetOptions, readParquet, readParquetBlocks } from "./read-parquet.ts";
import type { StoredJson } from "./stored-row.ts";

type WriteOptions = Parameters<typeof parquetWriteBuffer>[0];

const write = (options: WriteOptions): Uint8Array => new Uint8Array(parquetWriteBuffer(options));

async function values(bytes: Uint8Array, options: ReadParquetOptions = {}): Promise<unknown[]> {
  const rows = await collect(readParquet(randomAccess(bytes), options));
  return rows.map(({ value, issues }) => (issues.length > 0 ? issues[0]!.code : value));
}

/** A random type, as elements of a schema, and what gives values of it. */
interface RandomType {
  elements: (name: string) => SchemaElement[];
  value: fc.Arbitrary<unknown>;
}

const optional = { repetition_type: "OPTIONAL" } as const;
const leafTypes: RandomType[] = [
  {
    elements: (name) => [{ name, type: "BYTE_ARRAY", converted_type: "UTF8", ...optional }],
    value: fc.string({ unit: "grapheme", maxLength: 8 }),
  },
  { elements: (name) => [{ name, type: "INT32", ...optional }], value: fc.integer() },
  {
    elements: (name) => [{ name, type: "DOUBLE", ...optional }],
    value: fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0),
  },
  { elements: (name) => [{ name, type: "BOOLEAN", ...optional }], value: fc.boolean() },
];

const randomType = fc.letrec<{ type: RandomType }>((tie) => ({
  type: fc.oneof(
    { depthSize: "small", maxDepth: 3 },
    fc.constantFrom(...leafTypes),
    tie("type").map(listOf),
    fc
      .uniqueArray(fc.constantFrom("a", "b.c", "constructor", "list"), { minLength: 1, maxLength: 3 })
      .chain((names) => fc.tuple(...names.map(() => tie("type"))).map((types) => structOf(names, types))),
  ),
})).type;

function listOf(item: RandomType): RandomType {
  return {
    elements: (name) => [
      { name, num_children: 1, converted_type: "LIST", ...optional },
      { name: "list", num_children: 1, repetition_type: "REPEATED" },
      ...item.elements("element"),
    ],
    value: fc.array(fc.option(item.value), { maxLength: 3 }),
  };
}

function structOf(names: readonly string[], types: readonly RandomType[]): RandomType {
  const members = names.map((name, index) => [name, fc.option(types[index]!.value)] as const);
  return {
    elements: (name) => [
      { name, num_children: names.length, ...optional },
      ...names.flatMap((member, index) => types[index]!.elements(member)),
    ],
    value: fc.record(Object.fromEntries(members)).map((value) => ({ ...value })),
  };
}

/** What is stored, with its texts decoded. */
function withTexts(stored: StoredJson): JsonValue {
  if (stored instanceof Uint8Array) {
    return Buffer.from(stored).toString();
  }
  if (typeof stored !== "object" || stored === null) {
    return stored;
  }
  return Array.isArray(stored)
    ? stored.map(withTexts)
    : Object.fromEntries(Object.entries(stored).map(([name, each]) => [name, withTexts(each as StoredJson)]));
}

test("rows are taken as stored only where nothing is wrong with them", async () => {
  const data = [Uint8Array.of(0x61), Uint8Array.of(0xff), Uint8Array.of(0x62)];
  const bytes = write({
    columnData: [
      { name: "text", data },
      { name: "id", data: [1n, 2n, 2n ** 60n + 1n] },
    ],
    schema: [
      { name: "root", num_children: 2 },
      { name: "text", type: "BYTE_ARRAY", converted_type: "UTF8", repetition_type: "REQUIRED" },
      { name: "id", type: "INT64", repetition_type: "REQUIRED" },
    ],
  });
  const [rows] = await collect(readParquetBlocks(randomAccess(bytes), { from: 0, to: 3 }));
  const [first, second, third] = [...rows!];
  expect(first!.takeStored()).toEqual({ text: Uint8Array.of(0x61), id: 1 });
  expect(second!.takeStored()).toBeUndefined();
  expect(second!.issues.map(({ code }) => code)).toEqual(["IO_INVALID_ENCODING"]);
  expect(third!.takeStored()).toBeUndefined();
  expect(third!.value).toEqual({ text: "b", id: Number(2n ** 60n + 1n) });
});

describe("readParquet", () => {
  test("gives what was written, however deep, nullable and cut into pages and row groups", async () => {
    const table = fc
      .uniqueArray(fc.constantFrom("x", "y z", "a.b", "toString"), { minLength: 1, maxLength: 3 })
      .chain((names) =>
        fc.record({
          names: fc.constant(names),
          types: fc.tuple(...names.map(() => randomType)),
          rows: fc.integer({ min: 1, max: 12 }),
          rowGroupSize: fc.constantFrom(1, 3, 100),
          pageSize: fc.constantFrom(1, 64, 1 << 20),
        }),
      )
      .chain(({ types, rows, ...rest }) =>
        fc.record({
          types: fc.constant(types),
          ...Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, fc.constant(value)])),
          columns: fc.tuple(
            ...types.map((type) => fc.array(fc.option(type.value), { minLength: rows, maxLength: rows })),
          ),
        }),
      ) as fc.Arbitrary<{
      names: string[];
      types: RandomType[];
      columns: unknown[][];
      rowGroupSize: number;
      pageSize: number;
    }>;
    await fc.assert(
      fc.asyncProperty(table, async ({ names, types, columns, rowGroupSize, pageSize }) => {
        const schema = [
          { name: "root", num_children: names.length },
          ...names.flatMap((name, index) => types[index]!.elements(name)),
        ];
        const columnData = names.map((name, index) => ({ name, data: columns[index]! }));
        const bytes = write({ schema, columnData, rowGroupSize, pageSize });
        const expected = columns[0]!.map((_, row) =>
          Object.fromEntries(names.map((name, index) => [name, columns[index]![row]])),
        );
        expect(await values(bytes)).toEqual(expected);
        const blocks = await collect(readParquetBlocks(randomAccess(bytes)));
        const stored = blocks.flatMap((block) =>
          Array.from(block, (row) => withTexts(row.takeStored() ?? row.value!)),
        );
        expect(stored).toEqual(expected);
      }),
      { numRuns: 200 },
    );
  });

  test.each([
    ["UNCOMPRESSED", (bytes: Uint8Array) => bytes],
    ["SNAPPY", undefined],
    ["GZIP", (bytes: Uint8Array) => gzipSync(bytes)],
    ["BROTLI", (bytes: Uint8Array) => brotliCompressSync(bytes)],
    // A frame of one raw block (https://datatracker.ietf.org/doc/html/rfc8878#section-3.1.1).
    ["ZSTD", rawZstd],
    ["LZ4_RAW", literalLz4],
  ] as const)("reads %s", async (codec, compress) => {
    const data = Array.from({ length: 500 }, (_, index) => `text ${index} äöü`);
    const compressors = compress === undefined ? {} : { [codec]: compress };
    const bytes = write({ columnData: [{ name: "text", data }], codec, compressors, pageSize: 900 });
    expect(await values(bytes)).toEqual(data.map((text) => ({ text })));
  });

  test("keeps numbers exact that JavaScript has not", async () => {
    const ids = [1n, 2n ** 53n + 1n, -(2n ** 63n)];
    const bytes = write({ columnData: [{ name: "id", data: ids, type: "INT64" }] });
    const read = (await values(bytes)) as JsonValue[];
    expect(read.map(carriedJsonText)).toEqual([
      '{"id":1}',
      '{"id":9007199254740993}',
      '{"id":-9223372036854775808}',
    ]);
    expect(read[1]).toEqual({ id: 2 ** 53 });
  });

  test("decimals, dates, moments, JSON, NaN and binary become JSON", async () => {
    const column = (element: Partial<SchemaElement>, data: unknown[]) => ({ element, data });
    const columns = {
      decimal: column({ type: "INT32", converted_type: "DECIMAL", scale: 2, precision: 9 }, [11.25]),
      date: column({ type: "INT32", converted_type: "DATE" }, [new Date("2024-02-29")]),
      millis: column(
        {
          type: "INT64",
          logical_type: { type: "TIMESTAMP", isAdjustedToUTC: false, unit: "MILLIS" },
        },
        [new Date("2024-02-29T12:00:00.050Z")],
      ),
      zoned: column({ type: "INT64", converted_type: "TIMESTAMP_MILLIS" }, [
        new Date("1969-12-31T23:59:59Z"),
      ]),
      score: column({ type: "DOUBLE" }, [Number.NaN]),
      json: column({ type: "BYTE_ARRAY", converted_type: "JSON" }, [{ a: [1, "b"] }]),
      untyped: column({ type: "BYTE_ARRAY" }, [new TextEncoder().encode("täxt")]),
      image: column({ type: "BYTE_ARRAY" }, [Uint8Array.of(0x89, 0x50, 0, 0xff)]),
    };
    const names = Object.keys(columns) as (keyof typeof columns)[];
    const schema = [
      { name: "root", num_children: names.length },
      ...names.map((name) => ({ name, ...columns[name].element, ...optional })),
    ];
    const columnData = names.map((name) => ({ name, data: columns[name].data }));
    const [row] = (await values(write({ schema, columnData }))) as Record<string, JsonValue>[];
    expect(row).toEqual({
      decimal: 11.25,
      date: "2024-02-29",
      millis: "2024-02-29T12:00:00.050",
      zoned: "1969-12-31T23:59:59Z",
      score: null,
      json: { a: [1, "b"] },
      untyped: "täxt",
      image: { $binary: "iVAA/w==" },
    });
    expect(isBinaryValue(row!.image!)).toBe(true);
  });

  test("maps become objects of any keys", async () => {
    const schema: SchemaElement[] = [
      { name: "root", num_children: 1 },
      { name: "scores", num_children: 1, converted_type: "MAP", ...optional },
      { name: "key_value", num_children: 2, repetition_type: "REPEATED" },
      { name: "key", type: "BYTE_ARRAY", converted_type: "UTF8", repetition_type: "REQUIRED" },
      { name: "value", type: "INT32", ...optional },
    ];
    const data = [new Map([["a", 1]]), null, new Map([["constructor", 2]])];
    const scores: unknown[] = [{ scores: { a: 1 } }, { scores: null }, { scores: { constructor: 2 } }];
    expect(await values(write({ schema, columnData: [{ name: "scores", data }] }))).toEqual(scores);
  });

  test("a column called __proto__ is a column", async () => {
    const [row] = await values(write({ columnData: [{ name: "__proto__", data: ["text"] }] }));
    expect(Object.entries(row as object)).toEqual([["__proto__", "text"]]);
  });

  test("a text that is not UTF-8 costs its row only", async () => {
    const schema: SchemaElement[] = [
      { name: "root", num_children: 1 },
      { name: "text", type: "BYTE_ARRAY", ...optional },
    ];
    const data = ["good", "bad!", "fine"].map((text) => new TextEncoder().encode(text));
    data[1]![3] = 0xff;
    const bytes = write({ schema, columnData: [{ name: "text", data }], codec: "UNCOMPRESSED" });
    // No writer writes such a text: the annotation is put in afterwards.
    const file = Buffer.from(bytes);
    expect(await values(file)).toEqual([
      { text: "good" },
      { text: { $binary: "YmFk/w==" } },
      { text: "fine" },
    ]);
  });

  test("fetches only the columns and row groups asked for", async () => {
    const data = Array.from({ length: 60_000 }, (_, index) => `${index} ${"x".repeat(index % 700)}`);
    const bytes = write({
      columnData: ["a", "b", "c"].map((name) => ({ name, data })),
      codec: "UNCOMPRESSED",
      rowGroupSize: 20_000,
    });
    const fetched: [number, number][] = [];
    const file: RandomAccess = {
      byteLength: bytes.length,
      slice: (start, end) => {
        fetched.push([start, end]);
        return bytes.slice(start, end).buffer as ArrayBuffer;
      },
    };
    const rows = await collect(readParquet(file, { columns: ["b"], from: 25_000, to: 25_010 }));
    expect(rows.map(({ ordinal, value }) => [ordinal, value])).toEqual(
      Array.from({ length: 10 }, (_, index) => [25_000 + index, { b: data[25_000 + index] }]),
    );
    const total = fetched.reduce((sum, [start, end]) => sum + end - start, 0);
    expect(total).toBeLessThan(bytes.length / 6);
    await expect(collect(readParquet(file, { columns: ["d"] }))).rejects.toMatchObject({
      code: "IO_COLUMN_UNKNOWN",
      hint: expect.stringContaining("a, b, c"),
    });
  });

  test("damaged or cut off anywhere, it says so or gives rows, and never hangs", async () => {
    const bytes = write({
      columnData: [
        { name: "text", data: ["one", "two", null, "four"] },
        { name: "id", data: [1n, 2n, 3n, 4n] },
      ],
      rowGroupSize: 2,
    });
    const outcome = (damaged: Uint8Array) =>
      values(damaged).catch((error: { code?: string; stack?: string }) => error.code ?? error.stack);
    for (let at = 0; at < bytes.length; at += 1) {
      expect(await outcome(bytes.subarray(0, at))).toBe("IO_PARQUET_DAMAGED");
      for (const flip of [1, 0x80, 0xff]) {
        const damaged = Uint8Array.from(bytes);
        damaged[at]! ^= flip;
        const result = await outcome(damaged);
        expect(Array.isArray(result) || /^IO_[A-Z_]+$/u.test(result!) ? "" : result).toBe("");
      }
    }
  });

  test("passes on what is wrong with its source, and ends with its signal", async () => {
    const bytes = write({ columnData: [{ name: "text", data: ["one"] }] });
    let reads = 0;
    const file: RandomAccess = {
      byteLength: bytes.length,
      slice: (start, end) => {
        reads += 1;
        if (reads > 1) {
          throw new RangeError("gone");
        }
        return bytes.slice(start, end).buffer as ArrayBuffer;
      },
    };
    await expect(collect(readParquet(file))).rejects.toThrow(new RangeError("gone"));
    const signal = AbortSignal.abort(new Error("enough"));
    await expect(collect(readParquet(randomAccess(bytes), { signal }))).rejects.toThrow("enough");
  });
});

test("parquetSchema tells columns, rows, metadata and features without reading rows", async () => {
  const features = { label: { names: ["bad", "good"], _type: "ClassLabel" } };
  const bytes = write({
    columnData: [
      { name: "label", data: [0, 1, 1], nullable: false, type: "INT32" },
      { name: "text", data: ["a", null, "c"] },
    ],
    rowGroupSize: 2,
    kvMetadata: [{ key: "huggingface", value: JSON.stringify({ info: { features } }) }],
  });
  expect(await parquetSchema(randomAccess(new Blob([bytes as BlobPart])))).toEqual({
    columns: [
      { name: "label", type: "int32", nullable: false },
      { name: "text", type: "string", nullable: true },
    ],
    rows: 3,
    rowGroups: [2, 1],
    metadata: new Map([["huggingface", JSON.stringify({ info: { features } })]]),
    features,
  });
});

function rawZstd(content: Uint8Array): Uint8Array {
  // Magic, a descriptor of a single segment with a 4-byte size, the size, then one last raw block.
  const block = (content.length << 3) | 1;
  const head = Buffer.alloc(12);
  head.writeUInt32LE(0xfd2fb528, 0);
  head[4] = 0xa0;
  head.writeUInt32LE(content.length, 5);
  head.writeUIntLE(block, 9, 3);
  return Buffer.concat([head, content]);
}

function literalLz4(content: Uint8Array): Uint8Array {
  const lengths: number[] = [Math.min(content.length, 15) << 4];
  if (content.length >= 15) {
    let rest = content.length - 15;
    for (; rest >= 255; rest -= 255) {
      lengths.push(255);
    }
    lengths.push(rest);
  }
  return Buffer.concat([Buffer.from(lengths), content]);
}

const realData = process.env.DPO_REAL_DATA;
const parquetFolder = join(realData ?? "", "pairwise", "_parquet");
const canTwin = realData !== undefined && existsSync(parquetFolder);

test.skipIf(!canTwin)("real files equal their JSON twins (set DPO_REAL_DATA to run)", async () => {
  const [head, ...lines] = readFileSync(join(parquetFolder, "README.tsv"), "utf8").trim().split("\n");
  const at = head!.split("\t").indexOf("source");
  expect(readdirSync(parquetFolder).filter((name) => name.endsWith(".parquet"))).toHaveLength(lines.length);
  for (const line of lines) {
    const fields = line.split("\t");
    const twin = readFileSync(join(parquetFolder, "..", fields[at]!));
    const text = (fields[at]!.endsWith(".gz") ? gunzipSync(twin) : twin).toString("utf8");
    const expected = text.startsWith("[")
      ? JSON.parse(text)
      : text
          .trim()
          .split("\n")
          .map((row) => JSON.parse(row) as unknown);
    expect(await values(readFileSync(join(parquetFolder, fields[0]!)))).toEqual(expected);
  }
});
