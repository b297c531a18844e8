import fc from "fast-check";

/** The bytes of a text, or the bytes as they are. */
export function toBytes(content: Uint8Array | string): Uint8Array {
  return typeof content === "string" ? new TextEncoder().encode(content) : content;
}

/**
 * A source that gives its bytes in pieces of the given sizes, begun again when they run out. A size of 0 gives
 * an empty piece on the first round, and one byte after it, so that the source always ends.
 */
export async function* chunked(
  content: Uint8Array | string,
  sizes: readonly number[],
): AsyncGenerator<Uint8Array, void, undefined> {
  const bytes = toBytes(content);
  let at = 0;
  for (let turn = 0; at < bytes.length; turn += 1) {
    const size = sizes[turn % sizes.length] || (turn >= sizes.length ? 1 : 0);
    yield bytes.slice(at, at + size);
    at += size;
  }
}

/** A source that gives one byte at a time: what no reader may be disturbed by. */
export function byteAtATime(content: Uint8Array | string): AsyncGenerator<Uint8Array, void, undefined> {
  return chunked(content, [1]);
}

/** Sizes for {@link chunked}: mostly small ones, some empty, some far larger than the input. */
export function arbitraryChunking(): fc.Arbitrary<number[]> {
  const size = fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min: 1, max: 9 }) },
    { weight: 3, arbitrary: fc.integer({ min: 10, max: 300 }) },
    { weight: 1, arbitrary: fc.constant(0) },
    { weight: 1, arbitrary: fc.integer({ min: 1_000, max: 1_000_000 }) },
  );
  return fc.array(size, { minLength: 1, maxLength: 12 });
}

/** All pieces of a source as one array of bytes. */
export async function collectBytes(source: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of source) {
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

/** All items of an async iterable, in order. */
export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) {
    list.push(item);
  }
  return list;
}
