import type { PairBatch, Replacement } from "@dpo-kit/batch";

/** Why a pair goes, and what stands in its place. */
export interface Removal {
  /** The name of the reducer that took it out. */
  readonly by: string;
  /** Short and stable; absent where the verdict says it all. */
  readonly reason?: string;
  readonly insteadOf?: Replacement;
  /** The line of the pair that is kept, where the reducer had all pairs to read again. */
  readonly keptLine?: string;
}

/** A batch and what the reducers say of its pairs. */
export interface DecidedBatch {
  readonly batch: PairBatch;
  /** Of each pair a verdict; all kept where there are no reducers. */
  readonly verdict: Uint8Array;
  /** Of each pair the number of its output. */
  readonly output: Uint8Array;
  /** Of each pair that goes, by its index. */
  readonly removals: ReadonlyMap<number, Removal>;
}

/** A batch of which nobody has said anything: all pairs are kept and go to the first output. */
export function undecided(batch: PairBatch): DecidedBatch {
  const { count } = batch;
  return { batch, verdict: new Uint8Array(count), output: new Uint8Array(count), removals: new Map() };
}
