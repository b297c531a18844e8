import { WORDS_PER_KEY } from "@dpo-kit/batch";

/** A 128-bit key of a batch as a text of eight code units: to be looked up, not shown. */
export function compactKey(words: Uint32Array, line: number): string {
  const at = line * WORDS_PER_KEY;
  let text = "";
  for (let word = at; word < at + WORDS_PER_KEY; word += 1) {
    text += String.fromCharCode(words[word]! >>> 16, words[word]! & 0xffff);
  }
  return text;
}

/** The 32 bits of a key by which it is sampled. */
export function keyHash(words: Uint32Array, line: number): number {
  return words[line * WORDS_PER_KEY]!;
}
