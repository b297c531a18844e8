import type { JsonRecord } from "@dpo-kit/io";
import type { PairwiseRow } from "@dpo-kit/pairwise";
import { carriedMember } from "@dpo-kit/preference";
import { carryJson, type JsonObject, type JsonValue } from "@dpo-kit/schema";

/** How rows are parsed: numbers that JSON lacks are missing in them, as they are in tables. */
export const rowOptions = { nullNonFinite: true } as const;

/** A row, and the unit it is counted as: asked for when nobody asks for anything else any more. */
export interface CountedRow extends PairwiseRow {
  readonly unit: "intoRecords" | "malformed";
}

/** Whether a JSON text is a row. */
export function isRow({ value, issues }: JsonRecord): boolean {
  return issues.length === 0 && isPlainObject(value);
}

/**
 * What is carried through as JSON keeps its number tokens, and so do integers that are too long for a number: ids
 * that differ must not become one.
 */
const mayCarry = /"(?:tools|functions|tool_calls|function_call|arguments)"|[:,[]\s*-?\d{16}/u;

/** The row of a JSON text. */
export function jsonRow(record: JsonRecord, source: string): CountedRow {
  const { byteOffset, byteLength: bytes, column, issues, line, ordinal, text, value } = record;
  const at = { source, ordinal, line, column, byteOffset };
  const unit = isRow(record) ? "intoRecords" : "malformed";
  if (issues.length > 0 || text === undefined || !isPlainObject(value) || isReject(value)) {
    const carried = carriedValue(record);
    return { at, issues, bytes, unit, ...(carried === undefined ? {} : { value: carried }) };
  }
  let carried: JsonValue | undefined;
  return {
    at,
    issues,
    bytes,
    unit,
    plain: value,
    // Most rows are plain, and nobody asks for more.
    get value() {
      carried ??= carriedValue(record);
      return carried;
    },
  };
}

function carriedValue({ issues, text, value }: JsonRecord): JsonValue | undefined {
  const parsed = text !== undefined && issues.length === 0 && mayCarry.test(text) ? carryJson(text) : value;
  return (isReject(parsed) ? carriedMember(parsed, "record") : parsed) as JsonValue | undefined;
}

/**
 * Whether a row is an entry of a rejects file that has its record: what was mended there, or is read with other
 * options now, is read as the record it was.
 */
export function isReject(value: unknown): value is JsonObject & { record: JsonObject } {
  return (
    isPlainObject(value) &&
    ["code", "severity", "message", "hint", "location"].every((name) => Object.hasOwn(value, name)) &&
    isPlainObject(value.record)
  );
}

function isPlainObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
