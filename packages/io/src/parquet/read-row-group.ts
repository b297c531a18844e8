import type { ColumnMetaData, RowGroup, SchemaTree } from "hyparquet";
import { assembleNested } from "hyparquet/src/assemble.js";
import type { RandomAccess } from "../random-access.ts";
import { type ColumnRows, readColumn } from "./column-reader.ts";
import type { PageStreams, ParquetCompressors } from "./parquet-compressors.ts";
import { leavesOf, type ParquetNode } from "./parquet-metadata.ts";

/** Some rows of a row group: for each column asked for its stored values, assembled, row by row. */
export interface RowBlock {
  rows: number;
  columns: readonly ArrayLike<unknown>[];
}

/** What of a row group is read. */
export interface RowGroupOptions {
  file: RandomAccess;
  columns: readonly ParquetNode[];
  compressors: ParquetCompressors;
  streams: PageStreams;
}

/** Windows of all columns together. */
const windowsBytes = 1 << 24;
const [leastWindow, largestWindow] = [1 << 18, 1 << 22];
/** The most rows of a block: what is put together of columns takes many times the room of its bytes. */
const blockRows = 1 << 8;
/** A row group's bytes up to this many are fetched at once. */
const wholeGroupBytes = 1 << 24;

/** One leaf, and the rows of it that were read and not given yet. */
interface Leaf {
  node: ParquetNode;
  reader: AsyncGenerator<ColumnRows>;
  rows: ColumnRows;
  at: number;
}

/**
 * Reads a row group in blocks of as many rows as every column has in its next page, so that memory is bounded by
 * pages, not by the row group. What is wrong with it is an ordinary `Error`.
 */
export async function* readRowGroup(
  group: RowGroup,
  options: RowGroupOptions,
): AsyncGenerator<RowBlock, void, undefined> {
  const { columns, compressors, streams } = options;
  const nodes = columns.flatMap(leavesOf);
  const chunks = nodes.map((node) => chunkOf(group, node));
  const file = await fetchSmall(options.file, chunks);
  const windowBytes = Math.min(largestWindow, Math.max(leastWindow, Math.floor(windowsBytes / nodes.length)));
  const leaves: Leaf[] = nodes.map((node, index) => ({
    node,
    reader: readColumn({ file, node, chunk: chunks[index]!, compressors, streams, windowBytes }),
    rows: [],
    at: 0,
  }));
  let left = Number(group.num_rows);
  try {
    while (left > 0) {
      const count = Math.min(left, blockRows, await available(leaves));
      yield { rows: count, columns: columns.map((column) => takeColumn(column, leaves, count)) };
      left -= count;
    }
  } finally {
    await Promise.all(leaves.map(({ reader }) => reader.return(undefined)));
  }
}

function chunkOf(group: RowGroup, node: ParquetNode): ColumnMetaData {
  const { meta_data: chunk, file_path } = group.columns[node.leaf!]!;
  if (chunk === undefined || file_path !== undefined) {
    throw new Error(`the column ${node.name} is encrypted or stands in another file`);
  }
  if (chunk.type !== node.element.type) {
    throw new Error(`the column ${node.name} is stored as another type than the schema says`);
  }
  return chunk;
}

/** A row group that is small is fetched at once: over a network each request costs more than some bytes unused. */
async function fetchSmall(file: RandomAccess, chunks: readonly ColumnMetaData[]): Promise<RandomAccess> {
  const starts = chunks.map(({ dictionary_page_offset: first, data_page_offset: data }) =>
    Number(first !== undefined && first > 0n && first < data ? first : data),
  );
  const ends = starts.map((start, index) => start + Number(chunks[index]!.total_compressed_size));
  const [from, to] = [Math.min(...starts), Math.max(...ends)];
  const used = ends.reduce((sum, end, index) => sum + end - starts[index]!, 0);
  if (!(from >= 0 && to <= file.byteLength && to - from <= wholeGroupBytes && to - from <= 2 * used)) {
    return file;
  }
  const bytes = await file.slice(from, to);
  return {
    byteLength: file.byteLength,
    slice: (start, end) => bytes.slice(start - from, end - from),
  };
}

/** How many rows every leaf has, reading on where one has none. */
async function available(leaves: readonly Leaf[]): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (const leaf of leaves) {
    while (leaf.at === leaf.rows.length) {
      const next = await leaf.reader.next();
      if (next.done === true) {
        throw new Error(`the column ${leaf.node.name} has fewer rows than the row group says`);
      }
      leaf.rows = next.value;
      leaf.at = 0;
    }
    least = Math.min(least, leaf.rows.length - leaf.at);
  }
  return least;
}

/** The next rows of a column, put together of its leaves. */
function takeColumn(column: ParquetNode, leaves: readonly Leaf[], count: number): ArrayLike<unknown> {
  const parts = new Map<string, ArrayLike<unknown>>();
  for (const leaf of leaves) {
    if (leaf.node.plain.path[0] === column.plain.path[0]) {
      parts.set(leaf.node.plain.path.join("."), take(leaf, count));
    }
  }
  assembleNested(parts as Map<string, unknown[]>, column.plain as SchemaTree, {} as never);
  return parts.get(column.plain.element.name)!;
}

function take(leaf: Leaf, count: number): ColumnRows {
  const { rows, at } = leaf;
  leaf.at += count;
  if (at === 0 && count === rows.length) {
    return rows;
  }
  return Array.isArray(rows) ? rows.slice(at, at + count) : (rows as Float64Array).subarray(at, at + count);
}
