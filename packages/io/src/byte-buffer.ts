/** Bytes that are collected from pieces until they are complete, and dropped where they become too many. */
export interface ByteBuffer {
  /** How many were added, dropped ones included. */
  readonly length: number;
  /** Adds a copy of a piece. */
  add(piece: Uint8Array): void;
  /** What was added, until the next `add` or `clear`; undefined where it was more than the limit. */
  bytes(): Uint8Array | undefined;
  clear(): void;
}

/** Room that is kept from one use to the next. */
const keptBytes = 1 << 20;

/** Makes a buffer that holds at most `limit` bytes. Adding one byte at a time takes linear time. */
export function createByteBuffer(limit: number): ByteBuffer {
  let room = new Uint8Array(256);
  let length = 0;
  return {
    get length() {
      return length;
    },
    add(piece) {
      const total = length + piece.length;
      if (total <= limit) {
        if (total > room.length) {
          const larger = new Uint8Array(Math.min(limit, Math.max(total, room.length * 2)));
          larger.set(room.subarray(0, length));
          room = larger;
        }
        room.set(piece, length);
      }
      length = total;
    },
    bytes: () => (length > limit ? undefined : room.subarray(0, length)),
    clear() {
      length = 0;
      if (room.length > keptBytes) {
        room = new Uint8Array(256);
      }
    },
  };
}
