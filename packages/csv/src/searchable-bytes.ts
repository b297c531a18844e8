/** Just enough of Node's `Buffer` to borrow its search; browsers have none. */
interface BufferConstructor {
  from(buffer: ArrayBufferLike, byteOffset: number, length: number): Uint8Array;
}

/**
 * The same bytes (not a copy) with the fastest `indexOf` there is. `Buffer.prototype.indexOf` is `memchr`, some
 * eight times as fast as `Uint8Array.prototype.indexOf` in Node 20; where there is no `Buffer` the result is the
 * same, only slower.
 */
export function searchableBytes(bytes: Uint8Array): Uint8Array {
  const { Buffer } = globalThis as { Buffer?: BufferConstructor };
  return Buffer === undefined ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
