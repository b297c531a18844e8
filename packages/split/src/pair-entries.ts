import { type KeyHasher, type PairBatch, verdicts, WORDS_PER_KEY } from "@dpo-kit/batch";
import { writeNumber } from "@dpo-kit/io";

/** The split values have 53 bits: as whole numbers they sort as they do as fractions. */
const SPLIT_VALUES = 2 ** 53;

/** Words of a split value as {@link writeSplitValue} writes it. */
export const WORDS_PER_VALUE = 2;

/** Writes the split value of a key as two words that sort as it does. */
export function writeSplitValue(target: Uint32Array, at: number, value: number): void {
  writeNumber(target, at, value * SPLIT_VALUES);
}

/** The split value of the key that begins at a word. */
export function splitValueAt(hasher: KeyHasher, words: Uint32Array, at: number, seed: number): number {
  return hasher.splitValue(words.subarray(at, at + WORDS_PER_KEY), 0, seed);
}

/** Calls back for each pair of a batch that is still kept. */
export function eachKept(batch: PairBatch, current: Uint8Array, visit: (pair: number) => void): void {
  for (let pair = 0; pair < batch.count; pair += 1) {
    if (current[pair] === verdicts.keep) {
      visit(pair);
    }
  }
}

/** Copies one key of a column of keys. */
export function copyKey(keys: Uint32Array, line: number, into: { target: Uint32Array; at: number }): void {
  for (let word = 0; word < WORDS_PER_KEY; word += 1) {
    into.target[into.at + word] = keys[line * WORDS_PER_KEY + word]!;
  }
}
