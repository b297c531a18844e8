import { DataError } from "@dpo-kit/schema";
import {
  type FileEntry,
  type JobEntry,
  type PartialUpload,
  TUNE_STATE_SCHEMA,
  type TuneState,
} from "./tune-state.ts";

/**
 * Reads the text of a state file.
 *
 * @param source the file, for messages.
 * @throws TUNE_STATE_INVALID
 */
export function parseTuneState(text: string, source: string): TuneState {
  const value = parse(text);
  if (!isObject(value) || value.schema !== TUNE_STATE_SCHEMA || !isList(value.files) || !isList(value.jobs)) {
    throw invalid(source);
  }
  const { files, jobs } = value;
  if (!files.every(isFileEntry) || !jobs.every(isJobEntry)) {
    throw invalid(source);
  }
  return { schema: TUNE_STATE_SCHEMA, files, jobs };
}

/** The text of a state file. */
export function formatTuneState(state: TuneState): string {
  return `${JSON.stringify(state, null, 2)}\n`;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function invalid(source: string): DataError {
  return new DataError("TUNE_STATE_INVALID", {
    message: `${source} is not a state file of dpo tune, or is broken`,
    location: { source },
  });
}

function isFileEntry(value: unknown): value is FileEntry {
  return (
    hasTexts(value, ["endpoint", "name", "sha256"], ["id"]) &&
    typeof value.bytes === "number" &&
    (value.partial === undefined || isPartial(value.partial))
  );
}

function isPartial(value: unknown): value is PartialUpload {
  return (
    hasTexts(value, ["id"]) &&
    Number.isSafeInteger(value.partBytes) &&
    (value.partBytes as number) > 0 &&
    isObject(value.parts) &&
    Object.values(value.parts).every((id) => typeof id === "string")
  );
}

function isJobEntry(value: unknown): value is JobEntry {
  return hasTexts(value, ["provider", "endpoint", "method", "model", "options", "key"], ["id"]);
}

function hasTexts(
  value: unknown,
  required: readonly string[],
  optional: readonly string[] = [],
): value is Record<string, unknown> {
  return (
    isObject(value) &&
    required.every((name) => typeof value[name] === "string") &&
    optional.every((name) => value[name] === undefined || typeof value[name] === "string")
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isList(value: unknown): value is unknown[] {
  return Array.isArray(value);
}
