/** The four words of a key as a text of eight code units: to be looked up, not shown. */
export function compactKey(words: Uint32Array): string {
  const [first, second, third, fourth] = words as unknown as [number, number, number, number];
  // In one call: what is put together piece by piece takes several times the memory.
  return String.fromCharCode(
    first >>> 16,
    first & 0xffff,
    second >>> 16,
    second & 0xffff,
    third >>> 16,
    third & 0xffff,
    fourth >>> 16,
    fourth & 0xffff,
  );
}
