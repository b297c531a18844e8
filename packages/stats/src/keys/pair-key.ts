import { type PairBatch, WORDS_PER_KEY } from "@dpo-kit/batch";
import type { Counter } from "./count-sample.ts";

/** The key of a prompt with two answers, whichever of them is preferred. */
export interface PairKey {
  readonly words: Uint32Array;
  /** 0 where the answer with the lower key is preferred, 1 where the other is. */
  readonly direction: Counter;
}

/** Computes the key of a line's prompt and answers from their own. The words are those of `into`. */
export function pairKey(batch: PairBatch, line: number, into: Uint32Array): PairKey {
  const at = line * WORDS_PER_KEY;
  const isForward = compareWords(batch.preferredKey, batch.nonPreferredKey, at) < 0;
  const [lower, upper] = isForward
    ? [batch.preferredKey, batch.nonPreferredKey]
    : [batch.nonPreferredKey, batch.preferredKey];
  for (let word = 0; word < WORDS_PER_KEY; word += 1) {
    // Each is turned by another number of bits, so that equal parts do not cancel each other.
    const prompt = batch.promptKey[at + word]!;
    into[word] = prompt ^ turn(lower[at + word]!, 11) ^ turn(upper[at + word]!, 22);
  }
  return { words: into, direction: isForward ? 0 : 1 };
}

function compareWords(one: Uint32Array, other: Uint32Array, at: number): number {
  for (let word = at; word < at + WORDS_PER_KEY; word += 1) {
    if (one[word] !== other[word]) {
      return one[word]! - other[word]!;
    }
  }
  return 0;
}

function turn(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}
