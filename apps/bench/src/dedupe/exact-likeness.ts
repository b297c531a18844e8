import type { PairTexts } from "./near-pairs.ts";

/** Two pairs and how alike they are: the least Jaccard likeness of the word 5-grams of their parts. */
export interface LikePair {
  readonly one: number;
  readonly other: number;
  readonly score: number;
}

const SHINGLE_WORDS = 5;

/**
 * All pairs of pairs at least as alike as `threshold`, found without hashing: only those that share a 5-gram of the
 * prompt are compared, since all others have a likeness of 0. Texts are plain words and spaces.
 */
export function findLikePairs(pairs: readonly PairTexts[], threshold: number): LikePair[] {
  const shingles = pairs.map((parts) => parts.map(shinglesOf));
  const withShingle = new Map<string, number[]>();
  const found: LikePair[] = [];
  shingles.forEach((parts, other) => {
    const earlier = new Set<number>();
    for (const shingle of parts[0]!) {
      const pairsWith = withShingle.get(shingle) ?? [];
      for (const one of pairsWith) {
        earlier.add(one);
      }
      pairsWith.push(other);
      withShingle.set(shingle, pairsWith);
    }
    for (const one of earlier) {
      const score = Math.min(...parts.map((part, index) => jaccard(shingles[one]![index]!, part)));
      if (score >= threshold) {
        found.push({ one, other, score });
      }
    }
  });
  return found;
}

function shinglesOf(text: string): Set<string> {
  const words = text.split(" ");
  const length = Math.min(SHINGLE_WORDS, words.length);
  const count = words.length - length + 1;
  return new Set(Array.from({ length: count }, (_, at) => words.slice(at, at + length).join(" ")));
}

function jaccard(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  let shared = 0;
  for (const shingle of one) {
    shared += other.has(shingle) ? 1 : 0;
  }
  return shared / (one.size + other.size - shared);
}
