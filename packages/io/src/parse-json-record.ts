import { createIssue, type Issue } from "@dpo-kit/schema";
import { type DuplicateKey, findDuplicateKeys } from "./find-duplicate-keys.ts";
import { isNestedDeeper } from "./json-depth.ts";
import { formatJsonPath, jsonPlace } from "./json-path.ts";
import { locateJsonError } from "./locate-json-error.ts";
import { mayHaveDuplicateKeys } from "./may-have-duplicate-keys.ts";
import { nullNonFiniteNumbers } from "./non-finite-numbers.ts";
import { findInvalidUtf8 } from "./utf8-validity.ts";

/** One JSON text of a file, where it stands, and what is wrong with it. */
export interface JsonRecord {
  /** The text; missing where its bytes are not valid UTF-8 or too many. */
  text?: string;
  /** What `JSON.parse` gives; missing where the text is no JSON. */
  value?: unknown;
  /** Empty where nothing is wrong. */
  issues: readonly Issue[];
  /** Its place among the records of the source, from 0. */
  ordinal: number;
  /** The physical line it begins at, from 1. */
  line: number;
  /** The column it begins at, from 1, in UTF-16 code units. */
  column: number;
  /** Where it begins in the decoded text. */
  byteOffset: number;
  /** Its length, without a line ending. */
  byteLength: number;
}

/** How JSON texts of a file are read. */
export interface ReadJsonOptions {
  /** The source's name, for locations. Default: `input`. */
  source?: string;
  /** Longer ones are reported and passed over without being held. Default: 64 MiB. */
  maxBytes?: number;
  /**
   * Deeper nesting is reported and not parsed: it takes dozens of times its size in memory, and overflows the
   * stack of what handles it later. Default: 2,000; Python's `json` gives up at about 1,000.
   */
  maxDepth?: number;
  /**
   * Whether `NaN`, `Infinity` and `-Infinity`, which Python writes, are read as null, as in tables; they stand as null
   * in `text` too. Default: false, they are no JSON.
   */
  nullNonFinite?: boolean;
}

/** What is known of a JSON text before it is parsed. */
export type JsonPosition = Pick<JsonRecord, "ordinal" | "line" | "column" | "byteOffset">;

const noIssues: readonly Issue[] = [];
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The largest JSON text that is held at once, if nothing else is said. */
export const defaultMaxBytes: number = 64 * 1024 * 1024;

/** Decodes strictly and parses. What is wrong becomes an issue at its exact place. */
export function parseJsonRecord(
  bytes: Uint8Array,
  position: JsonPosition,
  options: ReadJsonOptions,
): JsonRecord {
  const { ordinal, line, column, byteOffset } = position;
  const record: JsonRecord = {
    issues: noIssues,
    ordinal,
    line,
    column,
    byteOffset,
    byteLength: bytes.length,
  };
  let text: string;
  try {
    text = decoder.decode(bytes);
  } catch {
    record.issues = [invalidUtf8(bytes, record, options)];
    return record;
  }
  record.text = text;
  if (isNestedDeeper(text, options.maxDepth ?? 2_000)) {
    record.issues = [createIssue("IO_JSON_TOO_DEEP", { location: startOf(record, options) })];
    return record;
  }
  try {
    parseInto(record, text, options);
  } catch (error) {
    record.issues = [invalidJson(text, record, options, error)];
    return record;
  }
  if (mayHaveDuplicateKeys(record.text, record.value)) {
    record.issues = findDuplicateKeys(record.text).map((key) => duplicateKey(key, record, options));
  }
  return record;
}

/**
 * Parses a text as the value of a record.
 * @throws SyntaxError
 */
function parseInto(record: JsonRecord, text: string, { nullNonFinite = false }: ReadJsonOptions): void {
  try {
    record.value = JSON.parse(text);
  } catch (error) {
    const read = nullNonFinite ? nullNonFiniteNumbers(text) : text;
    if (read === text) {
      throw error;
    }
    record.value = JSON.parse(read);
    record.text = read;
  }
}

function duplicateKey({ path, offset }: DuplicateKey, record: JsonRecord, options: ReadJsonOptions): Issue {
  const location = { ...placeIn(record.text!, offset, record, options), path: formatJsonPath(path) };
  return createIssue("IO_JSON_DUPLICATE_KEY", { location });
}

/** The issue of a JSON text that is longer than is held. */
export function tooLong(record: JsonRecord, options: ReadJsonOptions): Issue {
  return createIssue("IO_LINE_TOO_LONG", {
    location: startOf(record, options),
    expected: `at most ${options.maxBytes ?? defaultMaxBytes} bytes`,
    found: record.byteLength,
  });
}

function startOf(record: JsonRecord, { source = "input" }: ReadJsonOptions): Issue["location"] {
  const { ordinal, line, column, byteOffset } = record;
  return { source, ordinal, line, column, byteOffset };
}

/** The place of an offset in the text of a record. */
function placeIn(
  text: string,
  offset: number,
  record: JsonRecord,
  options: ReadJsonOptions,
): Issue["location"] {
  const place = jsonPlace(text, offset);
  return {
    ...startOf(record, options),
    line: record.line + place.line - 1,
    column: place.line === 1 ? record.column + place.column - 1 : place.column,
    byteOffset: record.byteOffset + new TextEncoder().encode(text.slice(0, offset)).length,
  };
}

function invalidUtf8(bytes: Uint8Array, record: JsonRecord, options: ReadJsonOptions): Issue {
  const at = findInvalidUtf8(bytes);
  const before = decoder.decode(bytes.subarray(0, at));
  const found = Array.from(bytes.subarray(at, at + 4), (byte) => byte.toString(16).padStart(2, "0"));
  return createIssue("IO_INVALID_ENCODING", {
    location: placeIn(before, before.length, record, options),
    expected: "valid UTF-8",
    found: `the bytes ${found.join(" ")}`,
  });
}

const hints = new Map([
  ["NaN", "JSON has no NaN: write null, or leave the field out."],
  ["Infinity", "JSON has no Infinity: write null, or leave the field out."],
  ["None", "This is Python, not JSON: write null for None, or use json.dumps."],
  ["True", "This is Python, not JSON: write true for True, or use json.dumps."],
  ["False", "This is Python, not JSON: write false for False, or use json.dumps."],
  ["undefined", "JSON has no undefined: write null, or leave the field out."],
  ["'", "JSON puts texts in double quotes; what Python prints of a dict is not JSON: use json.dumps."],
  ["\ufeff", "Remove the byte order mark."],
]);

function invalidJson(text: string, record: JsonRecord, options: ReadJsonOptions, cause: unknown): Issue {
  const problem = locateJsonError(text);
  if (problem === undefined) {
    throw cause;
  }
  const { offset, expected, found } = problem;
  const hint = hints.get(found);
  return createIssue("LINE_INVALID_JSON", {
    location: placeIn(text, offset, record, options),
    expected,
    found,
    ...(hint === undefined ? {} : { hint }),
  });
}
