import { DataError } from "@dpo-kit/schema";
import { encodeText } from "./encode-text.ts";
import type { Source } from "./source.ts";

/** How a source is read. */
export interface ReadChunksOptions {
  /** Ends the reading with the signal's reason, also while a read is waiting. */
  signal?: AbortSignal;
}

/** The most bytes in a piece of a source that is in memory already. */
const pieceBytes = 1 << 20;

/**
 * The bytes of any source, in order, in pieces of any size that are never empty. A string is the text itself,
 * as UTF-8; a half of a surrogate pair in it becomes three invalid bytes, so that its record is found.
 *
 * Ending the loop early cancels the source.
 *
 * @throws IO_UNREADABLE where an iterable gives something other than bytes; the signal's reason on abort.
 */
export async function* readChunks(
  source: Source,
  options: ReadChunksOptions = {},
): AsyncGenerator<Uint8Array, void, undefined> {
  const { signal } = options;
  const iterator = iteratorOf(source);
  let ended = false;
  try {
    while (true) {
      const next = await unlessAborted(() => iterator.next(), signal);
      if (next.done === true) {
        ended = true;
        return;
      }
      const bytes = plainBytes(next.value);
      if (bytes.length > 0) {
        yield bytes;
      }
    }
  } finally {
    if (!ended) {
      await close(iterator, signal);
    }
  }
}

type Chunks = { next(): Promise<IteratorResult<unknown>>; return?(value?: undefined): Promise<unknown> };

function iteratorOf(source: Source): Chunks {
  if (typeof source === "string") {
    return textPieces(source);
  }
  if (source instanceof Uint8Array) {
    return bytePieces(source);
  }
  if (source instanceof Blob) {
    return blobPieces(source);
  }
  // Streams first: where streams can be iterated too, a reader still cancels more promptly.
  if ("getReader" in source) {
    return streamPieces(source);
  }
  const iterator = source[Symbol.asyncIterator]();
  return {
    next: () => iterator.next(),
    return: async () => iterator.return?.(),
  };
}

async function* bytePieces(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    yield bytes.subarray(at, at + pieceBytes);
  }
}

async function* textPieces(text: string): AsyncGenerator<Uint8Array, void, undefined> {
  const pieceLength = pieceBytes / 4;
  for (let at = 0; at < text.length; ) {
    let end = at + pieceLength;
    if (isHighSurrogate(text.charCodeAt(end - 1))) {
      end += 1;
    }
    yield encodeText(text.slice(at, end));
    at = end;
  }
}

async function* blobPieces(blob: Blob): AsyncGenerator<Uint8Array, void, undefined> {
  for (let at = 0; at < blob.size; at += pieceBytes) {
    yield new Uint8Array(await blob.slice(at, at + pieceBytes).arrayBuffer());
  }
}

function streamPieces(stream: ReadableStream<Uint8Array>): Chunks {
  const reader = stream.getReader();
  return {
    next: () => reader.read() as Promise<IteratorResult<unknown>>,
    return: () => reader.cancel(),
  };
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

/** The same bytes as a plain `Uint8Array`: a Node `Buffer` has a `slice` that does not copy. */
function plainBytes(value: unknown): Uint8Array {
  if (!(value instanceof Uint8Array)) {
    throw new DataError("IO_UNREADABLE", {
      message: `The source gives ${typeof value} where bytes belong`,
      hint: "Give a source of Uint8Array; a Node stream must have no encoding set.",
    });
  }
  return value.constructor === Uint8Array
    ? value
    : new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
}

/** Waits for a read, or throws the signal's reason as soon as it is aborted. */
async function unlessAborted<T>(read: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) {
    return read();
  }
  signal.throwIfAborted();
  let onAbort: () => void = () => {};
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(signal.reason);
    signal.addEventListener("abort", onAbort, { once: true });
  });
  try {
    return await Promise.race([read(), aborted]);
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}

async function close(iterator: Chunks, signal: AbortSignal | undefined): Promise<void> {
  // What is wrong with closing says nothing about the bytes that were read.
  const closed = Promise.resolve(iterator.return?.(undefined)).catch(() => {});
  // After an abort a read may still be waiting, and closing would wait behind it.
  if (signal?.aborted !== true) {
    await closed;
  }
}
