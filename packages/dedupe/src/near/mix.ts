/** The finaliser of MurmurHash3 by Austin Appleby (https://github.com/aappleby/smhasher): every bit changes all. */
export function mix(word: number): number {
  let hash = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** MurmurHash3, 32 bits (as above), of the words from `start` to before `end`. */
export function hashWords(words: Uint32Array, range: { start: number; end: number }, seed: number): number {
  let hash = seed;
  for (let at = range.start; at < range.end; at += 1) {
    let word = Math.imul(words[at]!, 0xcc9e2d51);
    word = Math.imul((word << 15) | (word >>> 17), 0x1b873593);
    hash ^= word;
    hash = (Math.imul((hash << 13) | (hash >>> 19), 5) + 0xe6546b64) | 0;
  }
  return mix(hash ^ ((range.end - range.start) * 4));
}
