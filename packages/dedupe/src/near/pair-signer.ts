import type { Banding } from "./banding.ts";
import { hashWords } from "./mix.ts";
import { OnePermutation } from "./one-permutation.ts";
import type { PairParts } from "./pair-parts.ts";
import { WordHasher } from "./word-hasher.ts";

/** What pairs are found to be candidates by. Its arrays are valid until the next pair is signed. */
export interface PairSignature {
  /** Four words over all rows: pairs that share it agree on every row. */
  readonly whole: Uint32Array;
  /** Two words a band: pairs that share them agree on all rows of that band. */
  readonly bands: Uint32Array;
}

/**
 * Signs pairs. A row is a bin of one part, and the rows of a band are of all parts in turn: pairs must be alike in
 * each part to be candidates, and a part that many share (a system prompt) makes none of them candidates.
 * Parts without words have no rows; which these are belongs to each band.
 */
export class PairSigner {
  readonly #banding: Banding;
  /** Of each part its words. */
  readonly #words: WordHasher[] = [];
  /** By the number of parts that have words. */
  readonly #permutations = new Map<number, OnePermutation>();
  readonly #rows: Uint32Array;
  readonly #whole: Uint32Array = new Uint32Array(4);
  readonly #bands: Uint32Array;

  constructor(banding: Banding) {
    this.#banding = banding;
    this.#rows = new Uint32Array(banding.bands * banding.rowsPerBand);
    this.#bands = new Uint32Array(banding.bands * 2);
  }

  /** The signature of a pair; undefined where no part has a word. */
  sign(parts: PairParts): PairSignature | undefined {
    const filled = this.#writeRows(parts);
    if (filled === 0) {
      return undefined;
    }
    const rows = this.#rows;
    const { bands, rowsPerBand } = this.#banding;
    for (let word = 0; word < 4; word += 1) {
      this.#whole[word] = hashWords(rows, { start: 0, end: rows.length }, filled * 4 + word);
    }
    for (let band = 0; band < bands; band += 1) {
      const range = { start: band * rowsPerBand, end: (band + 1) * rowsPerBand };
      const seed = (filled * bands + band) * 2;
      this.#bands[band * 2] = hashWords(rows, range, seed);
      this.#bands[band * 2 + 1] = hashWords(rows, range, ~seed);
    }
    return { whole: this.#whole, bands: this.#bands };
  }

  /** Gives which parts have words, a bit each. */
  #writeRows(parts: PairParts): number {
    const filled = parts.map((texts, part) => this.#hash(texts, part)).filter(({ count }) => count > 0);
    for (const [turn, words] of filled.entries()) {
      this.#spread(this.#permutationFor(filled.length).sign(words), turn, filled.length);
    }
    return filled.reduce((bits, words) => bits | (1 << this.#words.indexOf(words)), 0);
  }

  #hash(texts: readonly string[], part: number): WordHasher {
    this.#words[part] ??= new WordHasher();
    const words = this.#words[part];
    words.clear();
    for (const text of texts) {
      words.add(text);
    }
    return words;
  }

  #spread(values: Uint32Array, turn: number, count: number): void {
    for (let row = turn, bin = 0; row < this.#rows.length; row += count, bin += 1) {
      this.#rows[row] = values[bin]!;
    }
  }

  #permutationFor(parts: number): OnePermutation {
    const known = this.#permutations.get(parts) ?? new OnePermutation(Math.ceil(this.#rows.length / parts));
    this.#permutations.set(parts, known);
    return known;
  }
}
