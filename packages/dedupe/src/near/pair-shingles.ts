import type { PairParts } from "./pair-parts.ts";
import { shingleSet } from "./shingles.ts";
import { WordHasher } from "./word-hasher.ts";

/** Of each part of a pair its shingles, ascending. */
export type PairShingles = readonly Float64Array[];

/** Used again for every text: its buffers grow to the longest. */
const words = new WordHasher();

/** The shingles of each part. */
export function pairShingles(parts: PairParts): PairShingles {
  return parts.map((texts) => {
    words.clear();
    for (const text of texts) {
      words.add(text);
    }
    return shingleSet(words);
  });
}

/**
 * How alike two pairs are: the least Jaccard likeness of their parts, 0 to 1. Parts that both have no words are
 * alike. Below `threshold` the result may be any number below it.
 */
export function likeness(one: PairShingles, other: PairShingles, threshold = 0): number {
  let least = 1;
  for (const [part, shingles] of one.entries()) {
    least = Math.min(least, jaccard(shingles, other[part]!, threshold));
    if (least < threshold) {
      return least;
    }
  }
  return least;
}

function jaccard(one: Float64Array, other: Float64Array, threshold: number): number {
  const [few, many] = [Math.min(one.length, other.length), Math.max(one.length, other.length)];
  if (many === 0) {
    return 1;
  }
  if (few < many * threshold) {
    return few / many;
  }
  let shared = 0;
  for (let at = 0, otherAt = 0; at < one.length && otherAt < other.length; ) {
    const order = one[at]! - other[otherAt]!;
    shared += order === 0 ? 1 : 0;
    at += order <= 0 ? 1 : 0;
    otherAt += order >= 0 ? 1 : 0;
  }
  return shared / (one.length + other.length - shared);
}
