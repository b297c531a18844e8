import type { PairBatch } from "@dpo-kit/batch";

/** What a pair overlaps: the code of the place of a held-out record, and how alike they are where measured. */
export interface Overlap {
  readonly place: number;
  readonly score?: number;
}

/** Held-out pairs, to be looked for. */
export interface HeldOutIndex {
  /** Adds all pairs of a batch; `placeOf` gives the code of each one's place. */
  add(batch: PairBatch, placeOf: (pair: number) => number): void;
  /** Gives what looks up the pairs of a batch. */
  lookUp(batch: PairBatch): (pair: number) => Overlap | undefined;
  /** How many different ones there are. */
  readonly size: number;
  close(): void;
}
