import type { ColumnMetaData, CompressionCodec } from "hyparquet";
import { parquetHeader, readPage } from "hyparquet/src/column.js";
import { getMaxRepetitionLevel } from "hyparquet/src/schema.js";
import type { RandomAccess } from "../random-access.ts";
import type { ParquetCompressors } from "./parquet-compressors.ts";
import type { ParquetNode } from "./parquet-metadata.ts";
import { unpackPage } from "./unpack-page.ts";

/** The stored values of one leaf, a page at a time: for each row its value, nested in lists as it is repeated. */
export interface ColumnReader {
  /** The values of some more rows, or undefined behind the last. */
  next(): Promise<ArrayLike<unknown> | undefined>;
}

/** Which column chunk is read, and with what. */
export interface ColumnReaderOptions {
  file: RandomAccess;
  node: ParquetNode;
  chunk: ColumnMetaData;
  compressors: ParquetCompressors;
  /** Bytes that are fetched at once. */
  windowBytes: number;
}

type PageHeader = ReturnType<typeof parquetHeader>;
type Values = NonNullable<ReturnType<typeof readPage>["data"]>;

/** Larger pages are refused: writers make them of about 1 MiB; a page holds at least one row. */
const largestPage = 1 << 30;
/** More values in a page are refused: a few bytes of run lengths can claim any number of them. */
const mostValues = 1 << 24;
/** Below this many bytes no page is too small for what it unpacks to; see `DecompressOptions.maxRatio`. */
const harmlessBytes = 1 << 26;
const maxRatio = 1_000;

/**
 * Reads a column chunk (https://parquet.apache.org/docs/file-format/data-pages/) in bounded memory: a window of the
 * file and one page. What is wrong with it is an ordinary `Error`.
 */
export function createColumnReader(options: ColumnReaderOptions): ColumnReader {
  const { node, chunk, compressors } = options;
  const pages = createPageWindow(options);
  const decoder = {
    pathInSchema: node.plain.path,
    type: chunk.type,
    element: node.plain.element,
    schemaPath: [...node.plainPath],
    // Pages are unpacked before they are decoded.
    codec: "UNCOMPRESSED" as CompressionCodec,
    utf8: false,
    parsers: {} as never,
  };
  const isRepeated = getMaxRepetitionLevel([...node.plainPath]) > 0;
  let dictionary: Values | undefined;
  /** The last row of the pages so far, which the next page may continue. */
  let open: unknown[] | undefined;

  function decode(page: { header: PageHeader; bytes: Uint8Array }): Values | undefined {
    const { header, bytes } = unpackPage(page, { node, codec: chunk.codec, compressors });
    const reader = { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), offset: 0 };
    const { data } = readPage(reader, header, decoder, dictionary, open, 0);
    return data;
  }
  /** The rows of a page that are complete. */
  function rowsOf(data: Values): ArrayLike<unknown> {
    if (!isRepeated) {
      return data;
    }
    const rows = data as unknown[];
    open = rows.slice(-1);
    return rows.slice(0, -1);
  }
  return {
    async next() {
      for (let page = await pages.next(); page !== undefined; page = await pages.next()) {
        const { header } = page;
        if (header.type === "DICTIONARY_PAGE") {
          dictionary = decode(page);
          continue;
        }
        if (header.type === "INDEX_PAGE" || valueCount(header) === 0) {
          continue;
        }
        const rows = rowsOf(decode(page)!);
        if (rows.length > 0) {
          return rows;
        }
      }
      const last = open;
      open = undefined;
      return last;
    },
  };
}

/** How many values a page says it holds. */
function valueCount(header: PageHeader): number {
  const { data_page_header, data_page_header_v2, dictionary_page_header } = header;
  return (data_page_header ?? data_page_header_v2 ?? dictionary_page_header)?.num_values ?? 0;
}

interface PageWindow {
  next(): Promise<{ header: PageHeader; bytes: Uint8Array } | undefined>;
}

function createPageWindow({ file, chunk, windowBytes }: ColumnReaderOptions): PageWindow {
  const start = Number(firstPageOffset(chunk));
  const end = start + Number(chunk.total_compressed_size);
  if (!(start >= 0 && start <= end && end <= file.byteLength)) {
    throw new Error("a column lies outside of the file");
  }
  let bytes = new Uint8Array(0);
  /** Where in the file the window begins, and where in the window the next page does. */
  let base = start;
  let at = 0;

  /** Makes the window reach at least so many bytes on from the next page, as far as the chunk goes. */
  async function need(count: number): Promise<void> {
    if (bytes.length - at >= count || base + bytes.length >= end) {
      return;
    }
    const from = base + at;
    const to = Math.min(end, from + Math.max(count, windowBytes));
    const fetched = new Uint8Array(await file.slice(from, to));
    if (fetched.length < to - from) {
      throw new Error("it is cut off");
    }
    [bytes, base, at] = [fetched.subarray(0, to - from), from, 0];
  }
  async function readHeader(): Promise<PageHeader> {
    // Headers take some tens of bytes; statistics in them can make them larger.
    for (let room = 1 << 12; ; room *= 16) {
      await need(room);
      const reader = {
        view: new DataView(bytes.buffer, bytes.byteOffset + at, bytes.length - at),
        offset: 0,
      };
      try {
        const header = parquetHeader(reader);
        at += reader.offset;
        return header;
      } catch (error) {
        if (bytes.length - at < room || room > 1 << 24) {
          throw error;
        }
      }
    }
  }
  return {
    async next() {
      if (base + at >= end) {
        return undefined;
      }
      const header = await readHeader();
      checkPage(header);
      const size = header.compressed_page_size;
      await need(size);
      if (bytes.length - at < size) {
        throw new Error("a page reaches beyond its column");
      }
      // A buffer of its own: the decoder keeps to the buffer, not to the part of it that it is given.
      const page = bytes.slice(at, at + size);
      at += size;
      return { header, bytes: page };
    },
  };
}

function firstPageOffset({ dictionary_page_offset, data_page_offset }: ColumnMetaData): bigint {
  // Some writers leave the dictionary's offset at 0.
  return dictionary_page_offset !== undefined &&
    dictionary_page_offset > 0n &&
    dictionary_page_offset < data_page_offset
    ? dictionary_page_offset
    : data_page_offset;
}

function checkPage(header: PageHeader): void {
  const { compressed_page_size: packed, uncompressed_page_size: unpacked } = header;
  const isSize = (size: unknown): boolean => Number.isInteger(size) && (size as number) >= 0;
  if (!isSize(packed) || !isSize(unpacked) || unpacked > largestPage) {
    throw new Error("a page has a size that cannot be");
  }
  if (unpacked > harmlessBytes && unpacked > maxRatio * packed) {
    throw new Error("a page unpacks to more than any real one");
  }
  const count = valueCount(header);
  if (!isSize(count) || count > mostValues) {
    throw new Error("a page has more values than any real one");
  }
}
