/** Pieces as one run of bytes that is looked at from the front. */
export interface ByteReader {
  /** The bytes that are there; those from `start` to `end` are not taken yet. */
  bytes: Uint8Array;
  start: number;
  end: number;
  /** Whether no more bytes follow those that are there. */
  ended: boolean;
  /** Bytes taken so far, counted from the start of the source. */
  readonly taken: number;
  /** Waits until `count` bytes are there, or all there are. Says whether `count` are. */
  fill(count: number): Promise<boolean>;
}

/** Makes a reader. Its memory is bounded by the largest piece and the largest `fill`. */
export function createByteReader(chunks: AsyncIterator<Uint8Array>): ByteReader {
  let dropped = 0;
  const reader: ByteReader = {
    bytes: new Uint8Array(0),
    start: 0,
    end: 0,
    ended: false,
    get taken() {
      return dropped + reader.start;
    },
    async fill(count) {
      while (reader.end - reader.start < count && !reader.ended) {
        const next = await chunks.next();
        if (next.done === true) {
          reader.ended = true;
        } else {
          append(next.value);
        }
      }
      return reader.end - reader.start >= count;
    },
  };

  function append(chunk: Uint8Array): void {
    const waiting = reader.end - reader.start;
    if (reader.end + chunk.length > reader.bytes.length) {
      dropped += reader.start;
      const room = Math.max(waiting + chunk.length, 1 << 16);
      const target = room > reader.bytes.length ? new Uint8Array(room * 2) : reader.bytes;
      target.set(reader.bytes.subarray(reader.start, reader.end));
      reader.bytes = target;
      reader.start = 0;
      reader.end = waiting;
    }
    reader.bytes.set(chunk, reader.end);
    reader.end += chunk.length;
  }
  return reader;
}
