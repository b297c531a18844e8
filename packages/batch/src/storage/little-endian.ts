type Numbers = Uint8Array | Uint16Array | Uint32Array | Float64Array;

const isLittleEndianMachine = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** The bytes of numbers, least significant first: a view of them, on nearly every machine. */
export function toLittleEndian(numbers: Numbers): Uint8Array {
  const bytes = new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
  return isLittleEndianMachine ? bytes : swapped(bytes, numbers.BYTES_PER_ELEMENT);
}

/** The numbers of such bytes. They take over the bytes' buffer, which must hold nothing else. */
export function fromLittleEndian<T extends Numbers>(
  bytes: Uint8Array<ArrayBuffer>,
  Kind: { new (buffer: ArrayBuffer): T; readonly BYTES_PER_ELEMENT: number },
): T {
  return new Kind((isLittleEndianMachine ? bytes : swapped(bytes, Kind.BYTES_PER_ELEMENT)).buffer);
}

/** A copy in which the bytes of each number stand the other way round. */
export function swapped(bytes: Uint8Array, size: number): Uint8Array<ArrayBuffer> {
  const copy = new Uint8Array(bytes);
  for (let at = 0; at < copy.length; at += size) {
    copy.subarray(at, at + size).reverse();
  }
  return copy;
}
