import type { Issue, JsonValue, Location } from "@dpo-kit/schema";
import type { StoredRow } from "./stored-row.ts";

/** One row of any file of rows: a line, an element of an array, a row of a table. */
export interface Row {
  /**
   * The row as JSON. Missing where it could not be read, which `issues` says. A number is the nearest that
   * JavaScript has; the row remembers its exact token where that is another (`carriedJsonText`).
   */
  value?: JsonValue | undefined;
  /** The JSON text, where the file has one: what carries number tokens as they were written. */
  text?: string;
  /** What is wrong with it; empty where nothing is. */
  issues: readonly Issue[];
  /** Where it stands: its ordinal, and its line, column and offset where the file has those. */
  at: Location;
  /** How much of the source it takes, for progress: exact for JSON, the bytes of its values for tables. */
  bytes: number;
  /** As of `StoredRow`: only rows of tables that are read in blocks have it. */
  takeStored?: StoredRow["takeStored"];
}
