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
  | "unpaired";

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
};

/** The code of a reason; undefined where the text is none. */
export function codeOfReason(text: string): IssueCode | undefined {
  return Object.hasOwn(reasonCodes, text) ? reasonCodes[text as Reason] : undefined;
}
