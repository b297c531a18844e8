import type { Issue, JsonValue, Location } from "@dpo-kit/schema";

/** A row as a reader of rows gives it: parsed JSON, or a record of Parquet or Arrow as JSON values. */
export interface PairwiseRow {
  /** Missing where the row could not be decoded: then `issues` say why. */
  readonly value?: JsonValue | undefined;
  /** The same where `value` takes long to make, but numbers may be the nearest that JavaScript has. */
  readonly plain?: JsonValue | undefined;
  readonly at: Location;
  readonly issues?: readonly Issue[] | undefined;
  /** The row's size in the input, in bytes. */
  readonly bytes: number;
}

/** Whether a row could not be decoded. */
export function isMalformed({ issues }: PairwiseRow): boolean {
  return issues !== undefined && issues.length > 0;
}
