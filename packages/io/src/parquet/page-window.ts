import type { ColumnMetaData } from "hyparquet";
import { parquetHeader } from "hyparquet/src/column.js";
import type { RandomAccess } from "../random-access.ts";
import { checkThrift } from "./check-thrift.ts";

/** What stands before each page. */
export type PageHeader = ReturnType<typeof parquetHeader>;

/** Reads a column chunk from its first byte to its last, a window of the file at a time. */
export interface PageWindow {
  /** The header of the next page, whose bytes are then taken; undefined behind the last page. */
  header(): Promise<PageHeader | undefined>;
  /** So many bytes, in a buffer of their own. */
  take(size: number): Promise<Uint8Array>;
  /** So many bytes, in pieces. */
  pieces(size: number): AsyncGenerator<Uint8Array, void, undefined>;
}

/** Which bytes a window goes over. */
export interface PageWindowOptions {
  file: RandomAccess;
  chunk: ColumnMetaData;
  /** Bytes that are fetched at once. */
  windowBytes: number;
}

/** The largest piece: who takes it copies it. */
const pieceBytes = 1 << 16;

/**
 * Opens a window at the first page of a column chunk. What is wrong with the pages is an ordinary `Error`.
 */
export function createPageWindow({ file, chunk, windowBytes }: PageWindowOptions): PageWindow {
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
  function refuseBeyond(size: number): void {
    if (base + at + size > end) {
      throw new Error("a page reaches beyond its column");
    }
  }
  return {
    async header() {
      if (base + at >= end) {
        return undefined;
      }
      // Headers take some tens of bytes; statistics in them can make them larger.
      for (let room = 1 << 12; ; room *= 16) {
        await need(room);
        const view = new DataView(bytes.buffer, bytes.byteOffset + at, bytes.length - at);
        const reader = { view, offset: 0 };
        try {
          checkThrift(bytes.subarray(at, at + room));
          const header = parquetHeader(reader);
          at += reader.offset;
          return header;
        } catch (error) {
          if (bytes.length - at < room || room > 1 << 24) {
            throw error;
          }
        }
      }
    },
    async take(size) {
      refuseBeyond(size);
      await need(size);
      // A buffer of its own: the decoder keeps to the buffer, not to the part of it that it is given.
      const taken = bytes.slice(at, at + size);
      at += size;
      return taken;
    },
    async *pieces(size) {
      refuseBeyond(size);
      for (let left = size; left > 0; ) {
        await need(1);
        const piece = bytes.subarray(at, at + Math.min(left, pieceBytes));
        at += piece.length;
        left -= piece.length;
        yield piece;
      }
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
