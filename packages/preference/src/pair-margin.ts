import type { Candidate, Comparison } from "./comparison.ts";
import type { PairPolicy } from "./pair-policy.ts";

/** By how much one candidate stands above another, by index; undefined where that is not known. */
export type MarginOf = (preferred: number, nonPreferred: number) => number | undefined;

/**
 * Margins are in the unit of what decides: votes where votes do, else scores, also where they only stand
 * beside the verdict. Ranks without scores give the distance of the ranks.
 */
export function marginOf(comparison: Comparison): MarginOf {
  const { candidates } = comparison;
  const standing = standingOf(comparison);
  return (preferred, nonPreferred) => {
    const better = standing(candidates[preferred]!);
    const worse = standing(candidates[nonPreferred]!);
    return better === undefined || worse === undefined ? undefined : better - worse;
  };
}

/** Whether a margin is smaller than the policy asks for. An unknown margin is not: nothing says so. */
export function isBelowMinimum(margin: number | undefined, minimum: number | undefined): boolean {
  if (margin === undefined || minimum === undefined) {
    return false;
  }
  // 0.3 - 0.1 is 0.19999999999999998: what was written as a difference of 0.2 must pass as one.
  return margin < minimum - Math.abs(minimum) * 1e-9;
}

/** The smallest margin a policy takes of this comparison, in the unit of its margins; undefined: any. */
export function minimumMargin(comparison: Comparison, policy: PairPolicy): number | undefined {
  const { minMargin } = policy;
  if (minMargin === undefined || minMargin.kind === "absolute") {
    return minMargin?.value;
  }
  const { from, to } = policy.scale ?? observedScale(comparison);
  return (minMargin.value / 100) * Math.abs(to - from);
}

function observedScale(comparison: Comparison): { from: number; to: number } {
  const standing = standingOf(comparison);
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;
  for (const candidate of comparison.candidates) {
    const value = standing(candidate);
    from = Math.min(from, value ?? from);
    to = Math.max(to, value ?? to);
  }
  const known = from <= to;
  return !known || (from >= 0 && to <= 1) ? { from: 0, to: 1 } : { from, to };
}

function standingOf({ verdict, candidates }: Comparison): (candidate: Candidate) => number | undefined {
  if (verdict.kind === "votes") {
    return ({ votes }) => known(votes);
  }
  const byRank =
    verdict.kind === "ranks" &&
    candidates.some(({ rank, score }) => known(rank) !== undefined && known(score) === undefined);
  return byRank ? ({ rank }) => negated(known(rank)) : ({ score }) => known(score);
}

function known(value: number | null | undefined): number | undefined {
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

function negated(value: number | undefined): number | undefined {
  return value === undefined ? undefined : -value;
}
