import type { IssueCode, Severity } from "@dpo-kit/schema";
import type { PairPlace } from "../pairs/pair-place.ts";

/** Something about the dataset that the user should look at. */
export interface Finding {
  readonly code: IssueCode;
  readonly severity: Severity;
  /** What was found, with its figures, in one sentence without a full stop. */
  readonly message: string;
  /** Why it matters: the meaning of the code. */
  readonly why: string;
  readonly fix: string;
  /** How many pairs it is about. */
  readonly pairs: number;
  /** The first places, where it has any. */
  readonly places: readonly (PairPlace & { readonly part?: string; readonly found?: string })[];
}
