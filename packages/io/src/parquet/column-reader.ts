import type { ColumnMetaData, CompressionCodec } from "hyparquet";
import { assembleLists } from "hyparquet/src/assemble.js";
import { readPage } from "hyparquet/src/column.js";
import { levelsOf } from "./levels.ts";
import { type PagePart, partsOfPage } from "./page-parts.ts";
import { createPageWindow, type PageHeader, type PageWindowOptions } from "./page-window.ts";
import type { PageStreams, ParquetCompressors } from "./parquet-compressors.ts";
import type { ParquetNode } from "./parquet-metadata.ts";
import { isStreamed, streamPage } from "./stream-page.ts";
import { type UnpackedPage, unpackPage } from "./unpack-page.ts";

/** The stored values of some rows of a leaf: for each row its value, nested in lists as it is repeated. */
export type ColumnRows = ArrayLike<unknown>;

/** Which column chunk is read, and with what. */
export interface ColumnReaderOptions extends PageWindowOptions {
  node: ParquetNode;
  chunk: ColumnMetaData;
  compressors: ParquetCompressors;
  streams: PageStreams;
}

/** Larger pages are refused: most writers make them of about 1 MiB, some of 100 MiB. */
const largestPage = 1 << 30;
/** More values in a page are refused: a few bytes of run lengths can claim any number of them. */
const mostValues = 1 << 24;
/** Below this many bytes no page is too small for what it unpacks to; see `DecompressOptions.maxRatio`. */
const harmlessBytes = 1 << 26;
const maxRatio = 1_000;

/**
 * Reads a column chunk (https://parquet.apache.org/docs/file-format/data-pages/) in bounded memory: a window of the
 * file and one page, of large pages a part. What is wrong with it is an ordinary `Error`.
 */
export async function* readColumn(options: ColumnReaderOptions): AsyncGenerator<ColumnRows, void, undefined> {
  const { node, chunk, compressors, streams } = options;
  const { codec } = chunk;
  const pages = createPageWindow(options);
  const decoder = createDecoder(node, chunk);
  for (let header = await pages.header(); header !== undefined; header = await pages.header()) {
    checkPage(header);
    if (isStreamed({ header, node }) && (codec === "UNCOMPRESSED" || streams[codec] !== undefined)) {
      for await (const part of streamPage(pages, { header, node, unpack: streams[codec] })) {
        yield decoder.rows(part);
      }
    } else {
      const bytes = await pages.take(header.compressed_page_size);
      const page = unpackPage({ header, bytes }, { node, codec, compressors });
      for (const part of decoder.parts(page)) {
        yield decoder.rows(part);
      }
    }
  }
  yield decoder.lastRows();
}

interface Decoder {
  /** The entries of a page in parts; none of one that holds a dictionary. */
  parts(page: UnpackedPage): Iterable<PagePart>;
  /** The rows of a part that are complete. */
  rows(part: PagePart): ColumnRows;
  /** The row that was open, as the next page could have continued it. */
  lastRows(): ColumnRows;
}

function createDecoder(node: ParquetNode, chunk: ColumnMetaData): Decoder {
  const schemaPath = [...node.plainPath];
  const column = {
    pathInSchema: node.plain.path,
    type: chunk.type,
    element: node.plain.element,
    schemaPath,
    // Pages are unpacked before they are decoded.
    codec: "UNCOMPRESSED" as CompressionCodec,
    utf8: false,
    parsers: {} as never,
  };
  const [repeated] = levelsOf(node);
  let dictionary: ArrayLike<unknown> | undefined;
  let open: unknown[] = [];

  return {
    parts({ header, bytes }) {
      if (header.type === "DICTIONARY_PAGE") {
        const reader = { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), offset: 0 };
        dictionary = readPage(reader, header, column, undefined, undefined, 0).data;
      }
      const isEmpty = !header.type.startsWith("DATA_PAGE") || valueCount(header) === 0;
      return isEmpty ? [] : partsOfPage({ header, bytes }, { node, dictionary });
    },
    rows({ definitionLevels, repetitionLevels, values }) {
      // The decoder takes any lists that it can look up by index.
      const lists = [definitionLevels, repetitionLevels, values] as unknown as number[][];
      const rows = assembleLists(open, lists[0], lists[1]!, lists[2]!, schemaPath) as unknown[];
      open = repeated === 0 ? [] : rows.slice(-1);
      return repeated === 0 ? rows : rows.slice(0, -1);
    },
    lastRows: () => open,
  };
}

/** How many values a page says it holds. */
function valueCount(header: PageHeader): number {
  const { data_page_header, data_page_header_v2, dictionary_page_header } = header;
  return (data_page_header ?? data_page_header_v2 ?? dictionary_page_header)?.num_values ?? 0;
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
