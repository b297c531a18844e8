import { carriedJsonText, type JsonValue } from "@dpo-kit/schema";
import { arbitraryChunking, chunked, collect } from "@dpo-kit/testkit";
import {
  Bool,
  type DataType,
  DateDay,
  Decimal,
  Dictionary,
  Field,
  Float64,
  Int32,
  Int64,
  List,
  Map_,
  makeData,
  RecordBatch,
  Schema,
  Struct,
  Table,
  TimestampMicrosecond,
  tableToIPC,
  Utf8,
  vectorFromArray,
} from "apache-arrow";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { arrowSchema, type ReadArrowOptions, readArrow } from "./read-arrow.ts";

/** The bytes of a table whose columns have these types and values. */
function write(columns: Record<string, [DataType, readonly unknown[]]>): Uint8Array {
  const vectors = Object.entries(columns).map(
    ([name, [type, data]]) => [name, vectorFromArray(data, type)] as const,
  );
  return tableToIPC(new Table(Object.fromEntries(vectors)), "stream");
}

/** The file format as Arrow for C++ and Python writes it; that for JavaScript leaves the schema out at the start. */
function asFile(stream: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.from("ARROW1\0\0"), stream, Buffer.from("a footer, its length, ARROW1")]);
}

async function values(
  bytes: Uint8Array,
  options: ReadArrowOptions = {},
  sizes: readonly number[] = [bytes.length],
): Promise<unknown[]> {
  const rows = await collect(readArrow(chunked(bytes, sizes), options));
  return rows.map(({ value, issues }) => (issues.length > 0 ? issues[0]!.code : value));
}

const field = (name: string, type: DataType) => new Field(name, type, true);

interface RandomType {
  type: DataType;
  value: fc.Arbitrary<unknown>;
}

const leafTypes: RandomType[] = [
  { type: new Utf8(), value: fc.string({ unit: "grapheme", maxLength: 8 }) },
  { type: new Int32(), value: fc.integer() },
  {
    type: new Float64(),
    value: fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0),
  },
  { type: new Bool(), value: fc.boolean() },
];

const randomType = fc.letrec<{ type: RandomType }>((tie) => ({
  type: fc.oneof(
    { depthSize: "small", maxDepth: 3 },
    fc.constantFrom(...leafTypes),
    tie("type").map(({ type, value }) => ({
      type: new List(field("item", type)),
      value: fc.array(fc.option(value), { maxLength: 3 }),
    })),
    tie("type").chain((first) =>
      tie("type").map((second) => ({
        type: new Struct([field("a", first.type), field("b c", second.type)]),
        value: fc.record({ a: fc.option(first.value), "b c": fc.option(second.value) }),
      })),
    ),
  ),
})).type;

describe("readArrow", () => {
  test("gives what was written, in both formats, however deep and however it is cut", async () => {
    const column = randomType.chain(({ type, value }) =>
      fc.tuple(fc.constant(type), fc.array(fc.option(value), { minLength: 1, maxLength: 9 })),
    );
    await fc.assert(
      fc.asyncProperty(column, fc.boolean(), arbitraryChunking(), async ([type, data], isFile, sizes) => {
        const stream = write({ x: [type, data] });
        const read = await values(isFile ? asFile(stream) : stream, {}, sizes);
        expect(JSON.parse(JSON.stringify(read))).toEqual(
          JSON.parse(JSON.stringify(data.map((x) => ({ x })))),
        );
      }),
      { numRuns: 200 },
    );
  });

  const entry = [new Field("key", new Utf8(), false), field("value", new Int32())] as never;

  test("numbers stay exact; dates, moments, decimals, dictionaries and maps become JSON", async () => {
    const bytes = write({
      id: [new Int64(), [2n ** 53n + 1n]],
      day: [new DateDay(), [new Date("2024-02-29")]],
      at: [new TimestampMicrosecond(), [1_709_208_000_000.5]],
      label: [new Dictionary(new Utf8(), new Int32()), ["good"]],
      score: [new Float64(), [Number.NaN]],
      scores: [new Map_(new Field("entries", new Struct(entry)) as never) as DataType, [new Map([["a", 1]])]],
    });
    const [row] = (await values(bytes)) as JsonValue[];
    expect(carriedJsonText(row)).toBe(
      '{"id":9007199254740993,"day":"2024-02-29","at":"2024-02-29T12:00:00.000500","label":"good","score":null,"scores":{"a":1}}',
    );
    const decimals = makeData({
      type: new Decimal(2, 12, 128),
      length: 2,
      nullCount: 0,
      data: Uint32Array.of(1_125, 0, 0, 0, 0xffff_ffff, 0xffff_ffff, 0xffff_ffff, 0xffff_ffff),
    });
    const schema = new Schema([field("price", decimals.type)]);
    const children = [decimals];
    const batch = new RecordBatch(schema, makeData({ type: new Struct(schema.fields), children }));
    expect(await values(tableToIPC(new Table(schema, [batch])))).toEqual([
      { price: 11.25 },
      { price: -0.01 },
    ]);
  });

  test("gives only the columns asked for", async () => {
    const bytes = write({ a: [new Int32(), [1]], b: [new Int32(), [2]] });
    expect(await values(bytes, { columns: ["b"] })).toEqual([{ b: 2 }]);
    await expect(values(bytes, { columns: ["c"] })).rejects.toMatchObject({
      code: "IO_COLUMN_UNKNOWN",
      hint: "Its columns: a, b",
    });
  });

  test("a text that is not UTF-8 costs its row only", async () => {
    const bytes = Uint8Array.from(write({ text: [new Utf8(), ["good", "bad!?", "fine"]] }));
    bytes[Buffer.from(bytes).indexOf("bad!?")] = 0xff;
    expect(await values(bytes)).toEqual([{ text: "good" }, "IO_INVALID_ENCODING", { text: "fine" }]);
  });

  test("damaged or cut off anywhere, it says so or gives rows, and never hangs", async () => {
    const bytes = write({
      text: [new Utf8(), ["one", "two"]],
      list: [new List(field("", new Int32())), [[1], []]],
    });
    const outcome = (damaged: Uint8Array) =>
      values(damaged).catch((error: { code?: string; stack?: string }) => error.code ?? error.stack);
    for (let at = 0; at < bytes.length; at += 1) {
      const damaged = Uint8Array.from(bytes);
      damaged[at]! ^= 0x85;
      for (const changed of [damaged, bytes.subarray(0, at)]) {
        const result = await outcome(changed);
        expect(Array.isArray(result) || /^IO_[A-Z_]+$/u.test(result!) ? "" : result).toBe("");
      }
    }
  });

  test("says so where a file has no schema at its start", async () => {
    const bytes = tableToIPC(new Table({ a: vectorFromArray([1], new Int32()) }), "file");
    await expect(values(bytes)).rejects.toMatchObject({ code: "IO_UNSUPPORTED_FORMAT" });
  });

  test("closes its source when it is left, and passes on what is wrong with it", async () => {
    const bytes = write({ a: [new Int32(), [1, 2]] });
    let closed = 0;
    async function* source(error?: Error): AsyncGenerator<Uint8Array> {
      try {
        yield bytes.subarray(0, 100);
        if (error !== undefined) {
          throw error;
        }
        yield bytes.subarray(100);
      } finally {
        closed += 1;
      }
    }
    for await (const row of readArrow(source())) {
      expect(row.ordinal).toBe(0);
      break;
    }
    expect(closed).toBe(1);
    await expect(collect(readArrow(source(new RangeError("gone"))))).rejects.toThrow(new RangeError("gone"));
    expect(closed).toBe(2);
  });
});

test("arrowSchema tells columns and metadata", async () => {
  const schema = await arrowSchema(
    chunked(write({ a: [new Int32(), [1]], b: [new List(field("item", new Utf8())), [["x"]]] }), [50]),
  );
  expect(schema.columns).toEqual([
    { name: "a", type: "int32", nullable: true },
    { name: "b", type: "list<string>", nullable: true },
  ]);
});
