import type { IssueCode } from "@dpo-kit/schema";

/** Something in a text that should not be trained on. */
export interface TextMark {
  /** Short and stable. */
  readonly id: string;
  readonly code: IssueCode;
  /** What it is, as the end of a sentence. */
  readonly title: string;
  /** What is found of it in a text, as it may be shown; undefined where the text has none. */
  find(text: string): string | undefined;
}

/** Marks that are looked for together. */
export interface MarkFamily {
  /** Found in every text that holds one of the marks, and in few others: these need not be looked at one by one. */
  readonly hint: RegExp;
  readonly marks: readonly TextMark[];
}
