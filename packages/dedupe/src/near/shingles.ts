import { mix } from "./mix.ts";
import type { WordHasher } from "./word-hasher.ts";

/** Words of a shingle: the convention (https://github.com/huggingface/datatrove, https://github.com/ChenghaoMou/text-dedup). */
export const SHINGLE_WORDS = 5;

const FIRST_FACTOR = 0x9e3779b1;
const SECOND_FACTOR = 0x85ebca77;

/**
 * Visits the 64-bit hash of every run of five words, as two halves, those that come again too. Fewer than five
 * words are one run; none is none.
 */
export function forEachShingle(words: WordHasher, visit: (first: number, second: number) => void): void {
  const { count, first, second } = words;
  const length = Math.min(SHINGLE_WORDS, count);
  const [firstOut, secondOut] = [power(FIRST_FACTOR, length), power(SECOND_FACTOR, length)];
  let one = 0;
  let two = 0;
  for (let word = 0; word < count; word += 1) {
    one = (Math.imul(one, FIRST_FACTOR) + first[word]!) | 0;
    two = (Math.imul(two, SECOND_FACTOR) + second[word]!) | 0;
    if (word >= length) {
      one = (one - Math.imul(first[word - length]!, firstOut)) | 0;
      two = (two - Math.imul(second[word - length]!, secondOut)) | 0;
    }
    if (word >= length - 1) {
      visit(mix(one), mix(two));
    }
  }
}

/** A set of shingles: 53 bits of each hash, ascending, each once. */
export function shingleSet(words: WordHasher): Float64Array {
  const all = new Float64Array(Math.max(0, words.count - Math.min(SHINGLE_WORDS, words.count) + 1));
  let count = 0;
  forEachShingle(words, (first, second) => {
    all[count] = (first & 0x1fffff) * 2 ** 32 + second;
    count += 1;
  });
  return distinct(all.subarray(0, count).sort());
}

function distinct(sorted: Float64Array): Float64Array {
  let kept = 0;
  for (let at = 0; at < sorted.length; at += 1) {
    if (at === 0 || sorted[at] !== sorted[at - 1]) {
      sorted[kept] = sorted[at]!;
      kept += 1;
    }
  }
  return sorted.slice(0, kept);
}

function power(factor: number, exponent: number): number {
  let result = 1;
  for (let step = 0; step < exponent; step += 1) {
    result = Math.imul(result, factor);
  }
  return result;
}
