import type { PairView } from "../pairs/pair-view.ts";

/**
 * Gathers one kind of figure over the pairs of a dataset. Two collectors that saw parts of it can be merged; what
 * comes out depends on the pairs alone, not on their order or on how they were divided.
 */
export interface Collector<Result> {
  observe(pair: PairView): void;
  /** Adds what another one of the same kind saw. */
  merge(other: this): void;
  result(): Result;
}
