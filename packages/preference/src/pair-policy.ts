/**
 * Which pairs are made of the candidates of one comparison:
 * - `auto`: what is given stays as it is; ranks, scores and votes give best against worst; a best one is
 *   paired with each other; alternatives of equal number above one go by index, else each with each.
 * - `best-worst`: the first of the best against the last of the worst, if strictly different.
 * - `best-vs-rest`: the first of the best against each that is strictly worse.
 * - `adjacent`: consecutive distinct levels, the first of each.
 * - `all`: every strictly ordered pair.
 */
export type PairSelection = "auto" | "best-worst" | "best-vs-rest" | "adjacent" | "all";

/**
 * A smallest difference in score: in the unit of the scores, as a percentage of their scale, or as how many times
 * the worse answer's score the better one's must be.
 */
export type MinimumMargin =
  | { kind: "absolute"; value: number }
  | { kind: "percent"; value: number }
  | { kind: "ratio"; value: number };

export interface PairPolicy {
  /** Default `auto`. */
  pairs?: PairSelection;
  /** Pairs whose scores differ by less are dropped. Default: none, scores never drop a pair. */
  minMargin?: MinimumMargin;
  /** The ends of the scale that a percentage is of. Default: 0 to 1 if all scores lie in it, else what is observed. */
  scale?: { from: number; to: number };
  /** At most this many pairs of one record: by margin, then in the order of the input. Default: no limit. */
  maxPairsPerRecord?: number;
  /** What a tie is: left out (default), or an error that rejects the record. */
  ties?: "drop" | "error";
}
