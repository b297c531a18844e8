/** The parts of a data set, as the Hub names them, in the order in which outputs are numbered. */
export const splitNames = ["train", "validation", "test"] as const;

export type SplitName = (typeof splitNames)[number];

/** A part of a split by ratio. */
export interface SplitShare {
  readonly name: SplitName;
  /** More than 0 and less than 1. All of a split sum to 1. */
  readonly ratio: number;
}
