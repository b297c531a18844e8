/** Writes a whole number from 0 as two words, the high one first, so that records sort by it. */
export function writeNumber(words: Uint32Array, at: number, value: number): void {
  words[at] = Math.floor(value / 2 ** 32);
  words[at + 1] = value;
}

/** Reads what {@link writeNumber} wrote. */
export function readNumber(words: Uint32Array, at: number): number {
  return words[at]! * 2 ** 32 + words[at + 1]!;
}
