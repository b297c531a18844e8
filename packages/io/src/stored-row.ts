import type { JsonValue } from "@dpo-kit/schema";
import type { TableRow } from "./table-row.ts";

/** A value of a table as JSON, but with its texts as the UTF-8 that is stored. */
export type StoredJson = JsonValue | Uint8Array | StoredJson[] | { [key: string]: StoredJson };

/** A row of a table whose value is made when it is asked for. */
export interface StoredRow extends TableRow {
  /**
   * Takes the row with its texts as bytes, which are valid UTF-8: faster than strings where they are only copied.
   * Undefined where anything is wrong with the row, or JavaScript cannot hold a number exactly: then `value` and
   * `issues` say it.
   */
  takeStored(): { [key: string]: StoredJson } | undefined;
}
