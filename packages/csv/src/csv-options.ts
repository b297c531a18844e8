import type { UnitLedger } from "@dpo-kit/batch";
import type { ColumnOverrides, PairPolicy } from "@dpo-kit/preference";
import type { CsvDialectOptions } from "./csv-dialect.ts";
import type { CsvPlan } from "./csv-plan.ts";

/** What plays which part in the pairs. */
export interface CsvMappingOptions {
  /**
   * Columns by the part they play: `{ prompt, preferred, nonPreferred, system, messages, tools }`. A name that
   * is not in the header exactly may differ in case, spaces and punctuation. Null: no column plays that part.
   * Default: found by their names.
   */
  readonly columns?: ColumnOverrides | undefined;
  /** A system message for the records that have none. */
  readonly system?: string | undefined;
  /**
   * Composes the prompt of columns, such as `{title}\n\n{body}`. A brace that is meant as such is written twice;
   * `\n`, `\t` and `\\` may be written as two characters.
   */
  readonly promptTemplate?: string | undefined;
}

/** How delimited text is read. */
export interface CsvReadOptions extends CsvDialectOptions {
  /** Overrides what would be detected: `utf-8`, `utf-16le`, `utf-16be`, `windows-1252`. */
  readonly encoding?: string | undefined;
  /** The name of the source, for locations. Default `-`. */
  readonly source?: string | undefined;
  /** The largest cell, in bytes as it is written. A record may be twice as large. Default 32 MiB. */
  readonly maxCellBytes?: number | undefined;
  /** Reads this many records, malformed ones included, and leaves the rest unread. Default: all. */
  readonly limit?: number | undefined;
  /** Counts empty lines, malformed rows and records as they are read. */
  readonly units?: UnitLedger | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What a plan is made by. */
export interface CsvPlanOptions extends CsvDialectOptions, CsvMappingOptions {
  /** The name of the source, for errors. Default `-`. */
  readonly source?: string | undefined;
}

/** How delimited text becomes preference pairs. */
export interface CsvConvertOptions extends CsvReadOptions, CsvMappingOptions {
  /** Default: what is given is taken. */
  readonly policy?: PairPolicy | undefined;
  /** Executes a plan made before, instead of making one; then dialect and mapping options have no say. */
  readonly plan?: CsvPlan | undefined;
}
