import type { ColumnOverrides } from "@dpo-kit/preference";

/** What a value of a verdict column means. */
export type VerdictMeaning = "first" | "second" | "tie";

/** What the values of a verdict column mean, as `--verdict label:1=first,2=second,0=tie` says it. */
export interface VerdictMapping {
  /** The column. */
  readonly column: string;
  /** Meanings by the value's text: `1`, `true`, `model_a`. Left out: only the column is chosen. */
  readonly meanings?: Readonly<Record<string, VerdictMeaning>> | undefined;
}

/** What is known of a dataset beyond what its columns tell. */
export interface PairwiseMappingOptions {
  /** The id of a shape: the rows are read as that, whatever else they look like. */
  readonly from?: string | undefined;
  /** Columns by the part they play; null: no column plays that part. Default: found by their names. */
  readonly columns?: ColumnOverrides | undefined;
  /** Which column holds the verdict, and what its values mean. */
  readonly verdict?: VerdictMapping | undefined;
  /** The column, or the member of each candidate, whose number decides: higher is better. */
  readonly score?: string | undefined;
  /** The columns whose values together tell which rows belong to one prompt, in long formats. */
  readonly gatherBy?: readonly string[] | undefined;
  /** What becomes of conversations that part before their last answer. Default `drop`. */
  readonly onDivergence?: "drop" | "first-turn" | undefined;
  /** The text that ends the prompt where prompt and answer are one text; the last shared one counts. */
  readonly promptDelimiter?: string | undefined;
  /** A system message for the rows that have none. */
  readonly system?: string | undefined;
}
