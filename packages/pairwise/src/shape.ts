import type { DroppedComparison } from "@dpo-kit/batch";
import type { Comparison, PairPaths } from "@dpo-kit/preference";
import type { Issue, IssueCode, JsonObject, Location, Reason } from "@dpo-kit/schema";
import type { PairwiseMappingOptions } from "./mapping-options.ts";
import type { RowReader } from "./row-reader.ts";
import type { RowSample } from "./row-sample.ts";
import type { UnpairedExample } from "./unpaired-example.ts";

/**
 * What kind of shape it is: O canonical lines, P a prompt with two answers, M two conversations, T two
 * transcripts, W two candidates and a verdict, L candidates in a list, R a candidate a row, K unpaired
 * feedback, G trees, N no preferences.
 */
export type ShapeFamily = "O" | "P" | "M" | "T" | "W" | "L" | "R" | "K" | "G" | "N";

/** A column and the part it plays: `prompt`, `input`, `preferred`, `verdict` and so on. */
export interface ColumnMapping {
  readonly role: string;
  /** The column's name, as the rows write it. */
  readonly column: string;
  /** Whether its values are texts, even where one of them looks like a list of messages. Default: false. */
  readonly isText?: boolean | undefined;
}

/** What must be settled by the user before rows can be converted. */
export interface NeededFlag {
  readonly code: IssueCode;
  /** What is unclear, and what was counted. */
  readonly message: string;
  /** The flags that settle it, ready to be typed. */
  readonly hint: string;
}

/** Another reading of the same rows. */
export interface OtherChoice {
  /** What would play another part: `question as the prompt`. */
  readonly what: string;
  /** Ready to be typed. */
  readonly flag: string;
}

/** What a shape says of rows it recognises. */
export interface ShapeClaim {
  /** 0 to 1: how surely the rows are of that shape. For display; the order of the shapes decides. */
  readonly confidence: number;
  /** Completes "because …". */
  readonly why: string;
  readonly mapping: readonly ColumnMapping[];
  readonly needsFlag?: NeededFlag | undefined;
  /** What else the rows could be read by within this shape, and the flags that choose it. */
  readonly choices?: readonly OtherChoice[] | undefined;
  /** Of rows that hold no preferences: one thing to do instead. */
  readonly advice?: string | undefined;
}

/** The row that is read. */
export interface RowContext {
  readonly at: Location;
  readonly claim: ShapeClaim;
  readonly options: PairwiseMappingOptions;
  /** Reads values of the row, and remembers what was changed and what is wrong. */
  readonly reader: RowReader;
}

/** What was found in a row. What the reader noted as wrong rejects the row, whatever stands here. */
export type RowReading =
  | {
      readonly comparisons: readonly Comparison[];
      /** Comparisons that cannot be made, such as those of conversations that part early. */
      readonly dropped?: readonly DroppedComparison[] | undefined;
      /** What the parts are called in issues. Default: `prompt`, `preferred`, `non_preferred`. */
      readonly paths?: PairPaths | undefined;
    }
  /** Nothing is wrong, there is no preference. */
  | {
      readonly skipped: Reason;
      /** Answers that were judged and cannot be paired. */
      readonly unpaired?: readonly UnpairedExample[] | undefined;
    }
  | { readonly rejected: readonly Issue[] }
  /** The row is not of this shape: another may claim it. */
  | { readonly unfit: true };

/** Assembles comparisons that are spread over several rows. */
export interface RowGatherer {
  /** What the rows of one comparison have in common; undefined: the row is not of this shape. */
  key(row: JsonObject, context: RowContext): string | undefined;
  /** Reads the rows of one key, in the order of the input. */
  combine(rows: readonly JsonObject[], context: RowContext): RowReading;
}

/** A shape of rows that holds preferences, or surely holds none. One file, one line in the list of shapes. */
export interface PairwiseShape {
  /** Stable: what `--from` takes. */
  readonly id: string;
  readonly title: string;
  readonly family: ShapeFamily;
  /** Whether a row shows by itself that it is of this shape, so that it is read where it stands among others. */
  readonly standsAlone?: boolean;
  /** Judges by column names and kinds of values whether rows are of this shape. */
  detect(sample: RowSample, options: PairwiseMappingOptions): ShapeClaim | undefined;
  compare(row: JsonObject, context: RowContext): RowReading;
  /** For shapes that spread one comparison over rows: `compare` is then not called. */
  readonly gather?: RowGatherer | undefined;
}

/** The column that plays a part; undefined if none does. */
export function columnOf(claim: ShapeClaim, role: string): string | undefined {
  return claim.mapping.find((mapping) => mapping.role === role)?.column;
}
