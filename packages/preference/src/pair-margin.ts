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

/** Whether two candidates, by index, are closer than a policy asks for. */
export type IsTooClose = (preferred: number, nonPreferred: number) => boolean;

/** How a policy judges the candidates of one comparison. Where the margin is not known, nothing is too close. */
export function tooClose(comparison: Comparison, { minMargin, scale }: PairPolicy): IsTooClose {
  switch (minMargin?.kind) {
    case undefined:
      return () => false;
    case "ratio":
      return belowRatio(comparison, minMargin.value);
    case "absolute":
      return belowDifference(comparison, minMargin.value);
    case "percent": {
      const { from, to } = scale ?? observedScale(comparison);
      return belowDifference(comparison, (minMargin.value / 100) * Math.abs(to - from));
    }
  }
}

function belowDifference(comparison: Comparison, minimum: number): IsTooClose {
  const margin = marginOf(comparison);
  return (preferred, nonPreferred) => {
    const difference = margin(preferred, nonPreferred);
    // 0.3 - 0.1 is 0.19999999999999998: what was written as a difference of 0.2 must pass as one.
    return difference !== undefined && difference < minimum - Math.abs(minimum) * 1e-9;
  };
}

/** Nothing is a multiple of a score of 0 or below: there any higher score is enough. Ranks have no ratio. */
function belowRatio({ candidates, verdict }: Comparison, ratio: number): IsTooClose {
  const standing = ({ score, votes }: Candidate): number | undefined =>
    known(verdict.kind === "votes" ? votes : score);
  return (preferred, nonPreferred) => {
    const better = standing(candidates[preferred]!);
    const worse = standing(candidates[nonPreferred]!);
    if (better === undefined || worse === undefined) {
      return false;
    }
    return worse > 0 ? better < worse * ratio * (1 - 1e-9) : better <= worse;
  };
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
