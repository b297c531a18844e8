import { mix } from "./mix.ts";
import { forEachShingle } from "./shingles.ts";
import type { WordHasher } from "./word-hasher.ts";

/** Times that an empty bin draws another before it takes the next filled one. */
const DRAWS = 32;

/**
 * One-permutation MinHash: each shingle is hashed once and falls into one of `bins` bins, whose value is its
 * least hash (Li, Owen and Zhang 2012, https://arxiv.org/abs/1208.1259). An empty bin takes the value of a filled
 * one that it draws: optimal densification (Shrivastava 2017, https://arxiv.org/abs/1703.04664). Of two sets
 * a bin is equal with a probability of about their Jaccard likeness.
 */
export class OnePermutation {
  readonly #bins: number;
  readonly #least: Uint32Array;
  readonly #filled: Uint8Array;
  /** Of each bin the others that it draws, in turn: the same for all sets. */
  readonly #draws: Uint16Array;

  constructor(bins: number) {
    this.#bins = bins;
    this.#least = new Uint32Array(bins);
    this.#filled = new Uint8Array(bins);
    this.#draws = Uint16Array.from(
      { length: bins * DRAWS },
      (_, draw) => mix(Math.imul(draw + 1, 0x9e3779b1)) % bins,
    );
  }

  /** Gives the value of each bin, valid until the next call. There must be a word. */
  sign(words: WordHasher): Uint32Array {
    const bins = this.#bins;
    const least = this.#least.fill(0xffffffff);
    const filled = this.#filled.fill(0);
    forEachShingle(words, (first, second) => {
      const bin = Math.floor((first / 2 ** 32) * bins);
      filled[bin] = 1;
      if (second < least[bin]!) {
        least[bin] = second;
      }
    });
    for (let bin = 0; bin < bins; bin += 1) {
      if (filled[bin] === 0) {
        least[bin] = least[this.#drawFilled(bin)]!;
      }
    }
    return least;
  }

  #drawFilled(empty: number): number {
    for (let draw = empty * DRAWS; draw < (empty + 1) * DRAWS; draw += 1) {
      if (this.#filled[this.#draws[draw]!] === 1) {
        return this.#draws[draw]!;
      }
    }
    let next = empty;
    while (this.#filled[next] !== 1) {
      next = (next + 1) % this.#bins;
    }
    return next;
  }
}
