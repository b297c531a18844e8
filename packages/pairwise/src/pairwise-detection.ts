import type { ShapeClaim, ShapeFamily } from "./shape.ts";

/** A shape that claims rows. */
export interface ClaimedShape extends ShapeClaim {
  readonly id: string;
  readonly title: string;
  readonly family: ShapeFamily;
  /** The flag that chooses it: `--from prompt-and-answers`. */
  readonly flag: string;
}

/** What rows are, why, and what else they could be. Plain data. */
export interface PairwiseDetection {
  /** Undefined: no shape claims the rows. */
  readonly chosen?: ClaimedShape | undefined;
  /** The others that claim the rows, in the order of the shapes. */
  readonly alternatives: readonly ClaimedShape[];
  /** The columns that no part of a pair is in. */
  readonly unmapped: readonly string[];
  /** How many rows were looked at. */
  readonly rows: number;
}
