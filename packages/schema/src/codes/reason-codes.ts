import type { IssueCode } from "./index.ts";

/**
 * The short names under which ledgers count records that were skipped and comparisons that were dropped. Nothing is
 * wrong with what is skipped; of what is dropped as `empty`, `identical` or `invalid` the user is told more.
 */
export type Reason =
  | "tie"
  | "margin"
  | "cap"
  | "empty"
  | "identical"
  | "divergence"
  | "invalid"
  | "no-candidates"
  | "no-preferences"
  | "no-verdict"
  | "tree-not-ready"
  | "unpaired"
  | "unfinished"
  | "tool-turn"
  | "media"
  | "contradiction"
  | "repeat"
  | "missing"
  | "undecided"
  | "copied-rating"
  | "no-messages"
  | "no-rating"
  | "no-comparison"
  | "not-submitted"
  | "no-vote"
  | "group-chat"
  | "no-calls"
  | "several-calls"
  | "no-trace"
  | "after-damage";

/** The code that says of each reason what it means and what to do. */
export const reasonCodes: Readonly<Record<Reason, IssueCode>> = {
  tie: "PAIR_TIE",
  margin: "PAIR_MARGIN",
  cap: "PAIR_CAP",
  empty: "PAIR_EMPTY_ANSWER",
  identical: "PAIR_IDENTICAL",
  divergence: "PAIR_DIVERGENCE",
  invalid: "PAIR_INVALID",
  "no-candidates": "PAIR_NO_CANDIDATES",
  "no-preferences": "PAIR_NO_PREFERENCES",
  "no-verdict": "PAIR_NO_VERDICT",
  "tree-not-ready": "PAIRWISE_TREE_NOT_READY",
  unpaired: "PAIR_UNPAIRED",
  unfinished: "CHAT_UNFINISHED",
  "tool-turn": "CHAT_TOOL_TURN",
  media: "CHAT_MEDIA",
  contradiction: "CHAT_CONTRADICTION",
  repeat: "CHAT_REPEAT",
  missing: "CHAT_MISSING",
  undecided: "CHAT_UNDECIDED",
  "copied-rating": "CHAT_COPIED_RATING",
  "no-messages": "CHAT_NO_MESSAGES",
  "no-rating": "CHAT_NO_RATING",
  "no-comparison": "CHAT_NO_COMPARISON",
  "not-submitted": "CHAT_NOT_SUBMITTED",
  "no-vote": "CHAT_NO_VOTE",
  "group-chat": "CHAT_GROUP_CHAT",
  "no-calls": "CHAT_NO_CALLS",
  "several-calls": "CHAT_SEVERAL_CALLS",
  "no-trace": "CHAT_NO_TRACE",
  "after-damage": "CHAT_AFTER_DAMAGE",
};

/** The code of a reason; undefined where the text is none. */
export function codeOfReason(text: string): IssueCode | undefined {
  return Object.hasOwn(reasonCodes, text) ? reasonCodes[text as Reason] : undefined;
}
