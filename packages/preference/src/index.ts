export type { Outcome, Pair, PairsOutcome, RejectedOutcome, SkippedOutcome } from "@dpo-kit/batch";
export type { Candidate, Comparison, Verdict } from "./comparison.ts";
export type { MinimumMargin, PairPolicy, PairSelection } from "./pair-policy.ts";
