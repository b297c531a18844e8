import type { Location } from "@dpo-kit/schema";
import type { PairBatch } from "./pair-batch.ts";

/** What becomes of a pair. */
export const verdicts = {
  keep: 0,
  duplicate: 1,
  conflict: 2,
  filtered: 3,
  heldOut: 4,
  sampledOut: 5,
} as const;

export type Verdict = (typeof verdicts)[keyof typeof verdicts];

/** What a reducer says of the pairs of one batch. */
export interface VerdictColumn {
  /** Of each pair a {@link Verdict}. */
  readonly verdict: Uint8Array;
  /** Of each pair the number of the output (split) it goes to; absent: all to the first. */
  readonly output?: Uint8Array;
  /** Why a pair is filtered, as a short stable reason; by index of the pair. */
  readonly reason?: ReadonlyMap<number, string>;
  /** What stands in place of a pair that goes; by index of the pair. */
  readonly insteadOf?: ReadonlyMap<number, Replacement>;
}

/** The pair that is kept where another goes. */
export interface Replacement {
  /** Its number among all pairs that came to the reducers, from 0 in the order of the input; else where it is. */
  readonly kept: number | Location;
  /** How alike the two are, 0 to 1, where that was measured. */
  readonly score?: number;
}

/** The pairs that a global reducer observed, to be read again. Numbers count all pairs, from 0 in their order. */
export interface ObservedPairs {
  readonly count: number;
  /** The canonical line of a pair, without its end. */
  line(pair: number): Promise<Uint8Array>;
  /** All batches again, in their order, with the verdicts that earlier reducers gave. */
  batches(): AsyncIterable<{ readonly batch: PairBatch; readonly current: Uint8Array }>;
}

/**
 * Looks at keys, remembers, and decides. A streaming reducer decides on each batch as it sees it; a global
 * one sees all batches first, and the pipeline keeps them on disk meanwhile (`design`: the spool).
 */
export interface Reducer {
  readonly name: string;
  /** Whether every batch must be observed before the first can be decided on. */
  readonly needsAll: boolean;
  /**
   * Sees a batch, in the order of the input, with the {@link Verdict} that earlier reducers gave each pair:
   * only those still kept count. Global reducers only.
   */
  observe?(batch: PairBatch, current: Uint8Array): void;
  /** All batches were observed; what needs the texts reads them again. Global reducers only. */
  decide?(observed: ObservedPairs): void | Promise<void>;
  /**
   * The verdicts on a batch, in the order of the input. Called once for each batch. What it says of pairs that
   * `current` no longer keeps is not looked at.
   */
  apply(batch: PairBatch, current: Uint8Array): VerdictColumn;
  /** Frees what it holds on disk. Called always, however the run ends. Safe to call more than once. */
  close?(): void | Promise<void>;
}
