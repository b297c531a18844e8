const WORD_VALUES = 2 ** 32;

/** Writes a whole number from 0 to 2^53 - 1 as two words that sort as it does: the high half first. */
export function writeNumber(words: Uint32Array, at: number, value: number): void {
  words[at] = Math.floor(value / WORD_VALUES);
  words[at + 1] = value % WORD_VALUES;
}

/** The number that {@link writeNumber} wrote. */
export function readNumber(words: Uint32Array, at: number): number {
  return words[at]! * WORD_VALUES + words[at + 1]!;
}
