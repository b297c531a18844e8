/** The beginning of a source, and the source as if nothing had been read. */
export interface PeekedChunks {
  /** Exactly the first bytes asked for, or all there are. Must not be changed: `chunks` gives it again. */
  head: Uint8Array;
  /** Whether `head` is the whole source. */
  complete: boolean;
  /** Everything from the start. */
  chunks: AsyncGenerator<Uint8Array, void, undefined>;
}

/**
 * Looks at the first `byteCount` bytes. What is in `head` depends on the bytes alone, never on how they were
 * cut into pieces, so that neither does anything decided by it.
 */
export async function peekChunks(
  chunks: AsyncIterable<Uint8Array>,
  byteCount: number,
): Promise<PeekedChunks> {
  const iterator = chunks[Symbol.asyncIterator]();
  const seen: Uint8Array[] = [];
  let length = 0;
  let ended = false;
  // One byte more than asked for, or the end: only then is it known whether the head is all.
  while (length <= byteCount && !ended) {
    const next = await iterator.next();
    if (next.done === true) {
      ended = true;
    } else {
      seen.push(next.value);
      length += next.value.length;
    }
  }
  const { head, tail } = cut(seen, Math.min(byteCount, length));
  const first = [head, tail].filter((piece) => piece.length > 0);
  return { head, complete: length <= byteCount, chunks: replay(first, iterator) };
}

/** The first `byteCount` bytes of the pieces, which reach into the last one, and what is left of that. */
function cut(pieces: readonly Uint8Array[], byteCount: number): { head: Uint8Array; tail: Uint8Array } {
  const [only] = pieces;
  if (only !== undefined && pieces.length === 1) {
    return { head: only.subarray(0, byteCount), tail: only.subarray(byteCount) };
  }
  const head = new Uint8Array(byteCount);
  let at = 0;
  let tail = new Uint8Array(0);
  for (const piece of pieces) {
    const part = piece.subarray(0, byteCount - at);
    head.set(part, at);
    at += part.length;
    tail = piece.subarray(part.length) as typeof tail;
  }
  return { head, tail };
}

/**
 * Some pieces, then the rest of an iterator. No generator function: one that was not started yet would not
 * close the iterator when it is ended.
 */
function replay(
  pieces: Uint8Array[],
  iterator: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  let ended = false;
  const end = async (): Promise<IteratorResult<Uint8Array, void>> => {
    if (!ended) {
      ended = true;
      pieces.length = 0;
      await iterator.return?.();
    }
    return { done: true, value: undefined };
  };
  const generator = {
    async next(): Promise<IteratorResult<Uint8Array, void>> {
      const piece = pieces.shift();
      if (piece !== undefined) {
        return { done: false, value: piece };
      }
      return ended ? { done: true, value: undefined } : iterator.next();
    },
    return: end,
    async throw(error: unknown): Promise<IteratorResult<Uint8Array, void>> {
      await end();
      throw error;
    },
    [Symbol.asyncIterator]: () => generator,
    [Symbol.asyncDispose]: async () => void (await end()),
  };
  return generator as unknown as AsyncGenerator<Uint8Array, void, undefined>;
}
