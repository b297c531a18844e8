/** Tells most keys that are not in a set from those that are (Bloom 1970, https://doi.org/10.1145/362686.362692). */
export class BloomFilter {
  readonly #bits: Uint32Array;
  readonly #bitsPerWord: number;
  readonly #probes: number;

  /** For `count` keys in at most `mostBytes`; ten bits a key, which let about one of a hundred others pass. */
  constructor(count: number, mostBytes: number) {
    const words = Math.max(1, Math.min(Math.ceil((count * 10) / 32), Math.floor(mostBytes / 4), 2 ** 27));
    this.#bits = new Uint32Array(words);
    this.#bitsPerWord = (words * 32) / 2 ** 32;
    this.#probes = Math.max(1, Math.min(7, Math.round((words * 32 * Math.LN2) / Math.max(1, count))));
  }

  get byteLength(): number {
    return this.#bits.byteLength;
  }

  add(words: Uint32Array, at: number): void {
    for (let probe = 0; probe < this.#probes; probe += 1) {
      const bit = this.#bitOf(words, at, probe);
      this.#bits[bit >>> 5]! |= 1 << (bit & 31);
    }
  }

  /** False: the key was never added. */
  mayHave(words: Uint32Array, at: number): boolean {
    for (let probe = 0; probe < this.#probes; probe += 1) {
      const bit = this.#bitOf(words, at, probe);
      if ((this.#bits[bit >>> 5]! & (1 << (bit & 31))) === 0) {
        return false;
      }
    }
    return true;
  }

  /** Two hashes make all (Kirsch and Mitzenmacher 2008, https://doi.org/10.1002/rsa.20208). */
  #bitOf(words: Uint32Array, at: number, probe: number): number {
    const hash = (words[at + 2]! + Math.imul(probe, words[at + 3]! | 1)) >>> 0;
    return Math.floor(hash * this.#bitsPerWord);
  }
}
