import { createIssue, type Issue, type JsonObject } from "@dpo-kit/schema";
import { type LooseJson, settleNumbers } from "./exact-json.ts";
import { findInvalidUtf8 } from "./utf8-validity.ts";

/** One row of a table: of a Parquet file, or of Arrow data. */
export interface TableRow {
  /** The row, its columns in the order of the schema. Missing where there is an issue. */
  value?: JsonObject | undefined;
  /** Empty where nothing is wrong. */
  issues: readonly Issue[];
  /** Its place in the table, from 0. */
  ordinal: number;
  /** Bytes of its texts and binary values, and 8 for any other value. */
  bytes: number;
}

/** What is noticed while the values of a row are converted. */
export interface RowNotes {
  /** As of {@link TableRow}. */
  bytes: number;
  /** Whether a number is a token still. */
  hasTokens: boolean;
  /** The column, and the bytes, of the first text that is not valid UTF-8. */
  invalid?: { path: string; bytes: Uint8Array };
}

const noIssues: readonly Issue[] = [];

/** Makes the row of its converted values and what was noticed on the way. */
export function finishRow(
  loose: { [key: string]: LooseJson },
  notes: RowNotes,
  { source, ordinal }: { source: string; ordinal: number },
): TableRow {
  const { bytes, hasTokens, invalid } = notes;
  if (invalid !== undefined) {
    return { issues: [invalidText(invalid.bytes, { source, ordinal, path: invalid.path })], ordinal, bytes };
  }
  const value = (hasTokens ? settleNumbers(loose) : loose) as JsonObject;
  return { value, issues: noIssues, ordinal, bytes };
}

function invalidText(bytes: Uint8Array, location: { source: string; ordinal: number; path: string }): Issue {
  const at = findInvalidUtf8(bytes);
  const found = Array.from(bytes.subarray(at, at + 4), (byte) => byte.toString(16).padStart(2, "0"));
  return createIssue("IO_INVALID_ENCODING", {
    location,
    expected: "valid UTF-8",
    found: `the bytes ${found.join(" ")} at byte ${at} of the text`,
  });
}
