import type { Source } from "./source.ts";

/** Bytes of which any part can be read: a file, a blob, a remote file that answers range requests. */
export interface RandomAccess {
  /** In bytes. */
  readonly byteLength: number;
  /** The bytes from `start` up to, not including, `end`; fewer only where the source is shorter than it says. */
  slice(start: number, end: number): Promise<ArrayBuffer> | ArrayBuffer;
}

/** One that holds something open until it is closed. */
export interface OpenRandomAccess extends RandomAccess {
  close(): Promise<void>;
}

/** Makes bytes in memory, or a `Blob` or `File` of a browser, readable at any place. */
export function randomAccess(source: Uint8Array | Blob): RandomAccess {
  if (source instanceof Blob) {
    return {
      byteLength: source.size,
      slice: (start, end) => source.slice(start, end).arrayBuffer(),
    };
  }
  return {
    byteLength: source.length,
    // A copy: what is read may be of any buffer, a Node `Buffer` of a shared one.
    slice: (start, end) => new Uint8Array(source.subarray(start, end)).buffer as ArrayBuffer,
  };
}

/** Whether any part of a source can be read. */
export function isRandomAccess(source: Source | RandomAccess): source is RandomAccess {
  return (
    typeof source === "object" &&
    !(source instanceof Uint8Array) &&
    !(source instanceof Blob) &&
    "byteLength" in source &&
    "slice" in source
  );
}

/** Pieces that a part of a source is read in. */
const pieceBytes = 1 << 20;

/** A part of a source, in order, in pieces of up to 1 MiB. Default: all of it. */
export async function* readRange(
  file: RandomAccess,
  start = 0,
  end: number = file.byteLength,
): AsyncGenerator<Uint8Array, void, undefined> {
  for (let at = start; at < end; ) {
    const piece = new Uint8Array(await file.slice(at, Math.min(end, at + pieceBytes)));
    if (piece.length === 0) {
      return;
    }
    at += piece.length;
    yield piece;
  }
}
