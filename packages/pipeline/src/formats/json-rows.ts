import {
  type DecodedText,
  type JsonRecord,
  readChunks,
  readJsonArray,
  readJsonLines,
  type Source,
} from "@dpo-kit/io";
import type { PairwiseRow } from "@dpo-kit/pairwise";
import { carriedMember } from "@dpo-kit/preference";
import { carryJson, type JsonObject, type JsonValue } from "@dpo-kit/schema";
import { countUnit } from "./count-unit.ts";
import type { FormatReadOptions } from "./pipeline-format.ts";

/** Numbers that JSON lacks are missing in rows, as they are in tables. */
const lenient = { nullNonFinite: true } as const;

/** Rows of JSON Lines or of one JSON array. They are read one by one and counted; a limit leaves the rest unread. */
export async function* jsonRows(
  text: Source,
  inArray: boolean,
  { limit = Number.POSITIVE_INFINITY, signal, source, units }: FormatReadOptions,
): AsyncGenerator<PairwiseRow> {
  const chunks = readChunks(text, signal === undefined ? {} : { signal });
  const options = { source, ...lenient };
  const records = inArray ? readJsonArray(chunks, options) : readJsonLines(chunks, options);
  let count = 0;
  for await (const record of records) {
    const isBlank = "blank" in record && record.blank;
    countUnit(units, isBlank ? "blank" : isRow(record) ? "intoRecords" : "malformed");
    if (!isBlank) {
      yield rowOf(record, source);
      count += 1;
    }
    if (count >= limit) {
      return;
    }
  }
}

/** The rows of the beginning of a text that are whole, at most `most`. */
export async function sampleJsonRows({ head, kind }: DecodedText, most: number): Promise<JsonObject[]> {
  const chunks = readChunks(head);
  const rows: JsonObject[] = [];
  for await (const record of kind === "json-array"
    ? readJsonArray(chunks, lenient)
    : readJsonLines(chunks, lenient)) {
    if (isRow(record)) {
      const value = record.value as JsonObject;
      rows.push(isReject(value) ? value.record : value);
    }
    if (rows.length >= most) {
      break;
    }
  }
  return rows;
}

const isRow = ({ value, issues }: JsonRecord): boolean => issues.length === 0 && isPlainObject(value);

/**
 * What is carried through as JSON keeps its number tokens, and so do integers that are too long for a number: ids
 * that differ must not become one.
 */
const mayCarry = /"(?:tools|functions|tool_calls|function_call|arguments)"|[:,[]\s*-?\d{16}/u;

function rowOf(record: JsonRecord, source: string): PairwiseRow {
  const { byteOffset, byteLength: bytes, column, issues, line, ordinal, text, value } = record;
  const at = { source, ordinal, line, column, byteOffset };
  if (issues.length > 0 || text === undefined || !isPlainObject(value) || isReject(value)) {
    const carried = carriedValue(record);
    return { at, issues, bytes, ...(carried === undefined ? {} : { value: carried }) };
  }
  let carried: JsonValue | undefined;
  return {
    at,
    issues,
    bytes,
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
function isReject(value: unknown): value is JsonObject & { record: JsonObject } {
  return (
    isPlainObject(value) &&
    ["code", "severity", "message", "hint", "location"].every((name) => Object.hasOwn(value, name)) &&
    isPlainObject(value.record)
  );
}

function isPlainObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
