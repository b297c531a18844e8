import type { StoredJson } from "@dpo-kit/io";
import type { Issue, JsonValue, Location } from "@dpo-kit/schema";

/** A row as a reader of rows gives it: parsed JSON, or a record of Parquet or Arrow as JSON values. */
export interface PairwiseRow {
  /** Missing where the row could not be decoded: then `issues` say why. */
  readonly value?: JsonValue | undefined;
  /** The same where `value` takes long to make, but numbers may be the nearest that JavaScript has. */
  readonly plain?: JsonValue | undefined;
  readonly at: Location;
  readonly issues?: readonly Issue[] | undefined;
  /**
   * Takes the JSON text that the row is parsed from, if there is one, to read it in place of all else that the row
   * says. That is asked for before the next row is, or never.
   */
  readonly takeJson?: (() => RowJson | undefined) | undefined;
  /** Takes the row of a table with its texts as they are stored, valid UTF-8, likewise. */
  readonly takeStored?: (() => { readonly [column: string]: StoredJson } | undefined) | undefined;
  /** The row's size in the input, in bytes. */
  readonly bytes: number;
}

/** A row as JSON that nobody has looked at yet. */
export interface RowJson {
  /** Valid until the next row is asked for; whether they are UTF-8, and JSON, is not known. */
  readonly bytes: Uint8Array;
  /** The row's place among the rows, from 0. */
  readonly ordinal: number;
  /** The physical line it begins at, from 1. */
  readonly line: number;
}

/** Whether a row could not be decoded. */
export function isMalformed({ issues }: PairwiseRow): boolean {
  return issues !== undefined && issues.length > 0;
}
