import type { DroppedComparison, Pair } from "@dpo-kit/batch";
import type { Issue } from "@dpo-kit/schema";
import type { PairPolicy } from "./pair-policy.ts";

/** What became of the comparisons of a record: `considered` = `pairs` + `dropped`. */
export interface MadePairs {
  /** How many comparisons the policy looked at. */
  considered: number;
  pairs: readonly Pair[];
  dropped: readonly DroppedComparison[];
  /** Every problem of the record, each once, whichever comparisons it spoils. */
  issues: readonly Issue[];
}

/**
 * Joins what several comparisons of one record gave, such as the turns of a chat, and caps the pairs of the
 * record as a whole. Make the parts without a cap of their own, so that the largest margins are kept.
 */
export function combineMadePairs(parts: readonly MadePairs[], policy: PairPolicy = {}): MadePairs {
  const joined = {
    considered: parts.reduce((total, part) => total + part.considered, 0),
    pairs: parts.flatMap((part) => part.pairs),
    dropped: parts.flatMap((part) => part.dropped),
    issues: [...new Set(parts.flatMap((part) => part.issues))],
  };
  return capPairs(joined, policy.maxPairsPerRecord);
}

/**
 * Keeps at most `limit` pairs: those of the largest margin, then the first in the order of the input; pairs
 * without a margin come last. The kept ones stay in their order; the others are dropped as `cap`.
 */
export function capPairs(made: MadePairs, limit: number | undefined): MadePairs {
  const { pairs } = made;
  if (limit === undefined || pairs.length <= limit) {
    return made;
  }
  const byMargin = pairs.map((pair, index) => ({ index, margin: pair.margin ?? Number.NEGATIVE_INFINITY }));
  byMargin.sort((a, b) => (a.margin === b.margin ? a.index - b.index : b.margin - a.margin));
  const kept = new Set(byMargin.slice(0, limit).map(({ index }) => index));
  const capped = Array.from({ length: pairs.length - kept.size }, () => ({ reason: "cap" }) as const);
  return {
    ...made,
    pairs: pairs.filter((_, index) => kept.has(index)),
    dropped: [...made.dropped, ...capped],
  };
}
