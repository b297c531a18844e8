import { type PairBatch, WORDS_PER_KEY } from "@dpo-kit/batch";

/**
 * Mixes prompt, better and worse answer of a pair into one key of four words, in that order; `reversed`: the
 * key that the opposite preference has. Folded keys go in, so case and white space make no difference.
 */
export function preferenceKey(key: Uint32Array, batch: PairBatch, pair: number, reversed: boolean): void {
  const { promptKey, preferredKey, nonPreferredKey } = batch;
  const better = reversed ? nonPreferredKey : preferredKey;
  const worse = reversed ? preferredKey : nonPreferredKey;
  const at = pair * WORDS_PER_KEY;
  for (let word = 0; word < WORDS_PER_KEY; word += 1) {
    const mixed =
      Math.imul(promptKey[at + word]!, 0x9e3779b1) ^ Math.imul(rotate(better[at + word]!, 13), 0x85ebca77);
    key[word] = rotate(mixed, 17) + Math.imul(worse[at + word]!, 0xc2b2ae3d);
  }
}

function rotate(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by));
}
