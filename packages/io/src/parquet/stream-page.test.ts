import { gzipSync } from "node:zlib";
import { collect } from "@dpo-kit/testkit";
import { parquetWriteBuffer } from "hyparquet-writer";
import { expect, test } from "vitest";
import { type RandomAccess, randomAccess } from "../random-access.ts";
import { readParquet } from "../read-parquet.ts";

type WriteOptions = Parameters<typeof parquetWriteBuffer>[0];

/** More than a page that is unpacked at once. */
const pageBytes = 1 << 26;
const words = "Parquet pages of a hundred megabytes are what some writers make of text. ";
const text = (index: number): string =>
  index === 7 ? "long ".repeat(100_000) : `${index} ${words.repeat(1 + (index % 60))}`;
const texts = Array.from({ length: 3000 }, (_, index) => (index % 11 === 3 ? null : text(index)));
const lists = texts.map((content, index) =>
  index % 13 === 5
    ? null
    : Array.from({ length: index % 4 }, (_, at) => (at === 2 ? null : `${at} ${content ?? ""}`)),
);

const write = (options: Partial<WriteOptions>): Uint8Array =>
  new Uint8Array(
    parquetWriteBuffer({
      columnData: [
        { name: "text", data: texts },
        { name: "list", data: lists },
        { name: "id", data: texts.map((_, index) => index) },
      ],
      schema: [
        { name: "root", num_children: 3 },
        { name: "text", type: "BYTE_ARRAY", converted_type: "UTF8", repetition_type: "OPTIONAL" },
        { name: "list", num_children: 1, converted_type: "LIST", repetition_type: "OPTIONAL" },
        { name: "list", num_children: 1, repetition_type: "REPEATED" },
        { name: "element", type: "BYTE_ARRAY", converted_type: "UTF8", repetition_type: "OPTIONAL" },
        { name: "id", type: "INT32", repetition_type: "REQUIRED" },
      ],
      pageSize: pageBytes,
      ...options,
    }),
  );

test.each<[string, Partial<WriteOptions>]>([
  ["UNCOMPRESSED", {}],
  ["SNAPPY", {}],
  ["GZIP", { compressors: { GZIP: (bytes) => gzipSync(bytes) } }],
])("large pages give their rows: %s", async (codec, options) => {
  const bytes = write({ codec: codec as NonNullable<WriteOptions["codec"]>, ...options });
  const rows = await collect(readParquet(randomAccess(bytes)));
  expect(rows.length).toBe(texts.length);
  const wrong = rows.findIndex(({ value }, index) => {
    const expected = { text: texts[index], list: lists[index], id: index };
    return JSON.stringify(value) !== JSON.stringify(expected);
  });
  expect(wrong).toBe(-1);
});

test("a large page is fetched as far as its rows are asked for", async () => {
  const bytes = write({ codec: "UNCOMPRESSED" });
  let fetched = 0;
  const file: RandomAccess = {
    byteLength: bytes.length,
    slice(start, end) {
      fetched += end - start;
      return bytes.slice(start, end).buffer as ArrayBuffer;
    },
  };
  const rows = await collect(readParquet(file, { columns: ["list"], to: 5 }));
  expect(rows.map(({ value }) => value)).toEqual(lists.slice(0, 5).map((list) => ({ list })));
  expect(fetched).toBeLessThan(bytes.length / 2);
});

test("a large page that is cut off or damaged is refused", async () => {
  const bytes = write({ codec: "SNAPPY" });
  const damaged = Uint8Array.from(bytes).fill(0xff, 200_000, 200_100);
  await expect(collect(readParquet(randomAccess(damaged)))).rejects.toMatchObject({
    code: "IO_PARQUET_DAMAGED",
  });
});
