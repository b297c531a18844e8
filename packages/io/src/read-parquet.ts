import { DataError } from "@dpo-kit/schema";
import { portableDecompressors } from "./decompress-chunks.ts";
import type { Decompressors } from "./decompression.ts";
import {
  type ParquetCompressors,
  pageStreams,
  portableParquetCompressors,
} from "./parquet/parquet-compressors.ts";
import { type ParquetMetadata, type ParquetNode, readParquetMetadata } from "./parquet/parquet-metadata.ts";
import type { RandomAccess } from "./random-access.ts";
import type { StoredRow } from "./stored-row.ts";
import type { TableRow } from "./table-row.ts";

/** One row of a Parquet file. */
export type ParquetRow = TableRow;

/** How a Parquet file is read. */
export interface ReadParquetOptions {
  /** The source's name, for locations. Default: `input`. */
  source?: string;
  /** The top-level columns to read, by name; the bytes of the others are not fetched. Default: all. */
  columns?: readonly string[];
  /** The first row to read. Row groups before it are not fetched. Default: 0. */
  from?: number;
  /** The row to end before. Row groups behind it are not fetched. Default: the number of rows. */
  to?: number;
  /** What unpacks pages, where it is another than the portable one: `nodeParquetCompressors` is faster. */
  compressors?: ParquetCompressors;
  /** What unpacks large pages, where it is another than the portable one: `nodeDecompressors` is faster. */
  decompressors?: Decompressors;
  /** Ends the reading with the signal's reason. */
  signal?: AbortSignal;
}

/**
 * Reads the rows of a Parquet file (https://parquet.apache.org/docs/file-format/) as JSON, in order, a few pages at
 * a time: memory does not grow with the file or its row groups. Snappy, gzip, Zstandard, Brotli and LZ4 are read.
 *
 * - texts as they are; bytes without a type as text where they are UTF-8, other binary as `{"$binary": "<base64>"}`;
 * - 64-bit integers and decimals exactly: where JavaScript has no such number the row, and each object and list
 *   around the number, remembers its token (`carriedJsonText`); NaN and infinities, which JSON lacks, as null;
 * - timestamps, dates and times as ISO 8601 with the digits of their unit, `Z` where they are known to be UTC;
 * - lists, structs and maps as arrays and objects, JSON columns as their value. A list of structs that was stored
 *   as a struct of lists stays one, and so do nulls that fill structs up.
 *
 * A row with a text that is not valid UTF-8 has an issue and no value.
 *
 * @throws IO_PARQUET_DAMAGED IO_COLUMN_UNKNOWN IO_UNSUPPORTED_FORMAT; the signal's reason on abort.
 */
export async function* readParquet(
  file: RandomAccess,
  options: ReadParquetOptions = {},
): AsyncGenerator<ParquetRow, void, undefined> {
  for await (const rows of readParquetBlocks(file, options)) {
    for (const { value, issues, ordinal, bytes } of rows) {
      yield { ...(value === undefined ? {} : { value }), issues, ordinal, bytes };
    }
  }
}

/**
 * Does the same in blocks of rows whose values are made when they are asked for: to wait for each row by itself would
 * take longer than to read it.
 * @throws what {@link readParquet} throws; IO_PARQUET_DAMAGED also when a value is asked for.
 */
export async function* readParquetBlocks(
  file: RandomAccess,
  options: ReadParquetOptions = {},
): AsyncGenerator<Iterable<StoredRow>, void, undefined> {
  const { source = "input", from = 0, to = Number.POSITIVE_INFINITY, signal } = options;
  signal?.throwIfAborted();
  const metadata = await readParquetMetadata(file, source);
  const columns = chooseColumns(metadata, options);
  const { RowConverter } = await import("./parquet/row-converter.ts");
  const { readBlocks } = await import("./parquet/read-blocks.ts");
  const converter = new RowConverter(columns, source);
  const compressors = { ...(await portableParquetCompressors()), ...options.compressors };
  const streams = pageStreams(options.decompressors ?? portableDecompressors);
  const blocks = readBlocks(metadata, { file, columns, compressors, streams, source, from, to });
  for await (const block of blocks) {
    const first = Math.max(0, from - block.firstRow);
    const end = Math.min(block.rows, to - block.firstRow);
    yield Array.from({ length: Math.max(0, end - first) }, (_, index) => converter.row(block, first + index));
    signal?.throwIfAborted();
  }
}

function chooseColumns(metadata: ParquetMetadata, options: ReadParquetOptions): readonly ParquetNode[] {
  const { columns, source = "input" } = options;
  if (columns === undefined) {
    return metadata.columns;
  }
  const names = new Set(metadata.columns.map(({ name }) => name));
  const unknown = columns.find((name) => !names.has(name));
  if (unknown !== undefined || columns.length === 0) {
    throw new DataError("IO_COLUMN_UNKNOWN", {
      message: unknown === undefined ? "No column is asked for" : `The file has no column ${unknown}`,
      location: { source },
      hint: `Its columns: ${[...names].join(", ")}`,
    });
  }
  return metadata.columns.filter(({ name }) => columns.includes(name));
}
