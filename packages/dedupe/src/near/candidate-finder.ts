import type { PairBatch } from "@dpo-kit/batch";
import { createKeyIndex, type KeyIndex } from "../keys/key-index.ts";
import { DEFAULT_MEMORY, type MemoryOptions } from "../spill/memory-options.ts";
import type { RecordShape } from "../spill/record-order.ts";
import { RecordSort } from "../spill/record-sort.ts";
import { bandingFor } from "./banding.ts";
import { type NearOn, partsInBatch } from "./pair-parts.ts";
import { type PairSignature, PairSigner } from "./pair-signer.ts";

/** A pair and those before it that it may be a near duplicate of, ascending. */
export interface Candidates {
  readonly pair: number;
  readonly earlier: readonly number[];
}

/** The two words of a band, and the number of the pair. */
const bandShape: RecordShape = { words: 3, keyWords: 2 };
/** A pair and one before it. */
const candidateShape: RecordShape = { words: 2, keyWords: 2 };

/**
 * Of pairs that share a band each is compared with the first and so many right before it: in a band that very
 * many share, nearly all comparisons would be in vain.
 */
const MOST_NEIGHBOURS = 16;

/**
 * Finds pairs that are likely to be near duplicates by locality-sensitive hashing, sorting bands instead of
 * keeping tables of them, so that any number of pairs can be looked at. Pairs with one whole signature are
 * candidates of the first of them alone.
 */
export class CandidateFinder {
  readonly #on: NearOn;
  readonly #signer: PairSigner;
  readonly #twins: KeyIndex;
  readonly #bands: RecordSort;
  readonly #candidates: RecordSort;
  readonly #band: Uint32Array = new Uint32Array(bandShape.words);
  readonly #candidate: Uint32Array = new Uint32Array(candidateShape.words);

  constructor(options: MemoryOptions & { on: NearOn; threshold: number }) {
    const memory = options.memory ?? DEFAULT_MEMORY;
    this.#on = options.on;
    this.#signer = new PairSigner(bandingFor(options.threshold));
    this.#twins = createKeyIndex({ ...options, memory: memory / 4 });
    this.#bands = new RecordSort(bandShape, { ...options, memory: memory / 2 });
    this.#candidates = new RecordSort(candidateShape, { ...options, memory: memory / 4 });
  }

  /** Looks at a pair of a batch; `number` is its number among all, each greater than the one before. */
  observe(batch: PairBatch, pair: number, number: number): void {
    const signature = this.#signer.sign(partsInBatch(batch, pair, this.#on));
    if (signature === undefined) {
      return;
    }
    const twin = this.#twins.add(signature.whole, 0, number);
    if (twin === -1) {
      this.#addBands(signature, number);
    } else {
      this.#addCandidate(number, twin);
    }
  }

  /** All candidates, in the order of the pairs; once, after all pairs were observed. */
  *candidates(): Generator<Candidates> {
    this.#twins.close();
    this.#joinBands();
    let pair = -1;
    let earlier: number[] = [];
    for (const { words, at } of this.#candidates.sorted()) {
      if (words[at] !== pair) {
        if (earlier.length > 0) {
          yield { pair, earlier };
        }
        pair = words[at]!;
        earlier = [];
      }
      if (earlier.at(-1) !== words[at + 1]) {
        earlier.push(words[at + 1]!);
      }
    }
    if (earlier.length > 0) {
      yield { pair, earlier };
    }
  }

  close(): void {
    this.#twins.close();
    this.#bands.close();
    this.#candidates.close();
  }

  #addBands({ bands }: PairSignature, number: number): void {
    this.#band[2] = number;
    for (let at = 0; at < bands.length; at += 2) {
      this.#band[0] = bands[at]!;
      this.#band[1] = bands[at + 1]!;
      this.#bands.add(this.#band);
    }
  }

  /** Makes candidates of those that share a band. */
  #joinBands(): void {
    let [first, second] = [-1, -1];
    let neighbours: number[] = [];
    for (const { words, at } of this.#bands.sorted()) {
      if (words[at] !== first || words[at + 1] !== second) {
        first = words[at]!;
        second = words[at + 1]!;
        neighbours = [];
      }
      const pair = words[at + 2]!;
      for (const neighbour of neighbours) {
        this.#addCandidate(pair, neighbour);
      }
      neighbours.push(pair);
      if (neighbours.length > MOST_NEIGHBOURS) {
        neighbours.splice(1, 1);
      }
    }
  }

  #addCandidate(pair: number, earlier: number): void {
    this.#candidate[0] = pair;
    this.#candidate[1] = earlier;
    this.#candidates.add(this.#candidate);
  }
}
