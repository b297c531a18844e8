import type { ParquetColumn } from "@dpo-kit/io";
import type { DpoExample, ExportLossCode, ExportOmissionCode, JsonObject } from "@dpo-kit/schema";
import type { ExportNotes } from "./export-notes.ts";

/** What a user may choose about an export. Targets that it does not concern pass it over. */
export interface ExportOptions {
  /** Of supervised chat: earlier turns of the assistant get weight 0, so that only the last is trained. Default: false. */
  readonly lastTurnOnly?: boolean;
  /** Of Azure: files begin with a byte order mark, as its documentation asks. Default: false. */
  readonly byteOrderMark?: boolean;
}

/** A file of rows that an export wrote, as far as a file beside it must know. */
export interface ExportedFile {
  /** `train`, `validation`, `test`. */
  readonly split: string;
  /** Its name without folders. */
  readonly name: string;
  /** The keys of its rows. */
  readonly keys: ReadonlySet<string>;
}

/** A small file that a trainer reads beside the rows. */
export interface SideFile {
  readonly name: string;
  readonly text: string;
}

/** Where it is said what a target takes, and when that was read. */
export interface TargetSource {
  readonly url: string;
  /** `YYYY-MM-DD`. */
  readonly date: string;
}

/** A form that a trainer or a provider reads. One file, one fixture folder, one line in the list of targets. */
export interface ExportTarget {
  /** Stable: what `--to` takes, and the name of the folder that is written. */
  readonly id: string;
  /** Other names that `--to` takes. */
  readonly aliases?: readonly string[];
  readonly title: string;
  /** What reads the files. */
  readonly trainer: string;
  /** A row in short, for the documentation. */
  readonly shape: string;
  /** What of an example is in the file. */
  readonly keeps: string;
  readonly source: TargetSource;
  /** What may be lost, in the order of the table. */
  readonly losses: readonly ExportLossCode[];
  /** Losses that are what the target is: they are told, and are no error with `strict`. */
  readonly byDesign?: readonly ExportLossCode[];
  /** Why an example may be left out. */
  readonly omissions: readonly ExportOmissionCode[];
  /** What else its users should know. */
  readonly notes?: readonly string[];
  /** Whether rows that repeat one in the same file are left out. */
  readonly isWithoutRepeats?: boolean;
  /** Which bytes a file begins with. Default: none. */
  readonly startsWithByteOrderMark?: (options: ExportOptions) => boolean;
  /** The columns of a Parquet file of its rows; absent where the trainer reads none. */
  readonly columns?: (rows: RowMembers) => ParquetColumn[];
  /** The row as Parquet takes it. Default: as it is. */
  readonly tableRow?: (row: JsonObject, notes: ExportNotes) => JsonObject;
  /** The rows of an example. What is lost, and whether it is left out, it tells the notes. */
  rows(example: DpoExample, notes: ExportNotes, options: ExportOptions): JsonObject[];
  /** What must stand beside the files. */
  sideFiles?(files: readonly ExportedFile[]): SideFile[];
}

/** Which members occur in the rows of a file: what decides the columns of a table. */
export interface RowMembers {
  /** The keys of rows. */
  readonly keys: ReadonlySet<string>;
  /** The keys of messages in them. */
  readonly ofMessages: ReadonlySet<string>;
}
