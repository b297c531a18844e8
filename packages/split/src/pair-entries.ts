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

/** A place in an array of words. */
interface WordPlace {
  readonly target: Uint32Array;
  readonly at: number;
}

/** Copies one key of a column of keys. */
export function copyKey(keys: Uint32Array, line: number, into: WordPlace): void {
  copyWords(keys, { from: line * WORDS_PER_KEY, count: WORDS_PER_KEY }, into);
}

/** Copies words one by one: of so few, `set` of a view takes longer. */
export function copyWords(
  words: Uint32Array,
  { from, count }: { from: number; count: number },
  { target, at }: WordPlace,
): void {
  for (let word = 0; word < count; word += 1) {
    target[at + word] = words[from + word]!;
  }
}
