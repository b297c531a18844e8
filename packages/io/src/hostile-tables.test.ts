import {
  Dictionary,
  Field,
  Float64,
  Int32,
  List,
  Struct,
  Table,
  tableToIPC,
  Utf8,
  vectorFromArray,
} from "apache-arrow";
import fc from "fast-check";
import { parquetWriteBuffer } from "hyparquet-writer";
import { expect, test } from "vitest";
import { randomAccess } from "./random-access.ts";
import { readArrow } from "./read-arrow.ts";
import { readParquet } from "./read-parquet.ts";

type ParquetInput = Parameters<typeof parquetWriteBuffer>[0];
const parquet = (input: ParquetInput): Uint8Array => new Uint8Array(parquetWriteBuffer(input));

const message = new Struct([new Field("role", new Utf8()), new Field("content", new Utf8())]);
const messages = [[{ role: "user", content: "x" }], []];

const files: Record<string, { bytes: Uint8Array; read: (bytes: Uint8Array) => AsyncIterable<unknown> }> = {
  "Parquet with numbers": {
    bytes: parquet({
      columnData: [
        { name: "a", data: ["x", "y", null, "x"] },
        { name: "n", data: [1, 2, 3, 4], type: "INT32" },
      ],
    }),
    read: (bytes) => readParquet(randomAccess(bytes)),
  },
  "Parquet with lists": {
    bytes: parquet({ columnData: [{ name: "m", data: messages }], codec: "UNCOMPRESSED" }),
    read: (bytes) => readParquet(randomAccess(bytes)),
  },
  "a stream of Arrow": {
    bytes: tableToIPC(
      new Table({ m: vectorFromArray(messages, new List(new Field("item", message))) }),
      "stream",
    ),
    read: (bytes) => readArrow(one(bytes)),
  },
  "a stream of Arrow with a dictionary": {
    bytes: tableToIPC(
      new Table({
        a: vectorFromArray(["x", null], new Dictionary(new Utf8(), new Int32())),
        n: vectorFromArray([1, 2], new Int32()),
        f: vectorFromArray([1.5, 2], new Float64()),
      }),
      "stream",
    ),
    read: (bytes) => readArrow(one(bytes)),
  },
};

async function* one(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** A place in a file, counted from its start or its end, and the bytes that are put there. */
const change = fc.record({
  at: fc.oneof(fc.nat({ max: 400 }), fc.integer({ min: -400, max: -1 })),
  bytes: fc.oneof(
    fc.uint8Array({ minLength: 1, maxLength: 5 }),
    // Lengths that cannot be, as numbers of four bytes and as numbers of variable length.
    fc.constantFrom(
      Uint8Array.of(0xff, 0xff, 0xff, 0x7f),
      Uint8Array.of(0, 0, 0, 0x10),
      Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0x0f),
      Uint8Array.of(0xf9, 0xff, 0xff, 0xff, 0x0f),
    ),
  ),
});

function changed(bytes: Uint8Array, changes: readonly { at: number; bytes: Uint8Array }[]): Uint8Array {
  const copy = Uint8Array.from(bytes);
  for (const { at, bytes: put } of changes) {
    const start = at < 0 ? Math.max(0, copy.length + at) : Math.min(at, copy.length - 1);
    copy.set(put.subarray(0, copy.length - start), start);
  }
  return copy;
}

async function outcome(rows: AsyncIterable<unknown>): Promise<string> {
  try {
    for await (const _ of rows) {
      // Only that they end is of interest.
    }
    return "rows";
  } catch (error) {
    return (error as { code?: string }).code ?? String((error as Error).stack);
  }
}

test.each(Object.entries(files))(
  "%s, however it is changed, gives rows or is refused in little memory",
  async (_, { bytes, read }) => {
    expect(await outcome(read(bytes))).toBe("rows");
    const changes = fc.array(change, { minLength: 1, maxLength: 4 });
    const before = process.resourceUsage().maxRSS;
    await fc.assert(
      fc.asyncProperty(changes, async (made) => {
        expect(await outcome(read(changed(bytes, made)))).toMatch(/^(?:rows|IO_[A-Z_]+)$/u);
      }),
      { numRuns: 1500, seed: 7 },
    );
    expect((process.resourceUsage().maxRSS - before) / 1024).toBeLessThan(400);
  },
);

test("a list of metadata that says it has billions of items is not made room for", async () => {
  const { bytes, read } = files["Parquet with numbers"]!;
  // The footer begins with the version, an I32, and goes on with the list of the schema.
  const footer = bytes.length - 8 - new DataView(bytes.buffer).getUint32(bytes.length - 8, true);
  const copy = changed(bytes, [{ at: footer + 3, bytes: Uint8Array.of(0xfc, 0xff, 0xff, 0xff, 0x0f) }]);
  await expect(outcome(read(copy))).resolves.toBe("IO_PARQUET_DAMAGED");
});
