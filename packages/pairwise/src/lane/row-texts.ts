import type { TextParts } from "@dpo-kit/batch";

/** What a row of plain texts says. */
export interface RowTexts extends Readonly<TextParts> {
  /** By how much the score of the preferred answer is higher; undefined where a score is missing. */
  readonly margin?: number | undefined;
}
