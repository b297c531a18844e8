import type { Counts } from "@dpo-kit/batch";

/** What was found in chat logs and what became of it: the numbers of a summary. Filled while a conversion runs. */
export interface ChatCounts {
  conversations: number;
  /** Messages of a user that have more than one answer. */
  branchPoints: number;
  /** Judgements by their kind. */
  judgements: Counts;
  /** Pairs by the signal that made them. */
  pairs: Counts;
  /** Pairs whose sides come from one model, from two, or from models that are not known. */
  models: { same: number; different: number; unknown: number };
  /** What gave no pair, by reason: comparisons that were dropped. */
  dropped: Counts;
  /** Why nobody preferred an answer where somebody was asked, by reason: `tie`, `skip`. */
  undecided: Counts;
  /** Pairs that signals which are switched off would have made. */
  switchedOff: Counts;
  /** Answers with a thumb and no pair. */
  loneThumbs: number;
  /** Answers with a score, and no other answer to the same input that has one. */
  loneScores: number;
  /** Of each kind of sidecar, how many of its entries belong to something that was read. */
  joins: Map<string, { entries: number; joined: number }>;
  /** Files that hold nothing for this, by reason. */
  filesLeftOut: Counts;
}

/** Counts in which nothing has been counted. */
export function emptyChatCounts(): ChatCounts {
  return {
    conversations: 0,
    branchPoints: 0,
    judgements: new Map(),
    pairs: new Map(),
    models: { same: 0, different: 0, unknown: 0 },
    dropped: new Map(),
    undecided: new Map(),
    switchedOff: new Map(),
    loneThumbs: 0,
    loneScores: 0,
    joins: new Map(),
    filesLeftOut: new Map(),
  };
}
