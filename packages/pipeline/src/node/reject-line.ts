import { createHash } from "node:crypto";
import type { RejectEntry } from "@dpo-kit/batch";
import { escapeLineSeparators, type Issue, type JsonObject, type Location } from "@dpo-kit/schema";
import { hidePersonalFields } from "./personal-fields.ts";

/** Records up to this many bytes stand in the rejects file as they are; of larger ones size, hash and place. */
export const LARGEST_KEPT_RECORD: number = 64 * 1024;

/**
 * One line of the rejects file, without its line end:
 * `{code, severity, message, expected?, found?, hint, location, record, issues?}`. The first issue stands at
 * the top; `issues` lists all where there are several. `record` is the original, with personal fields hashed; of one that
 * is larger than 64 KiB `recordBytes` and `recordHash` (of the JSON of what was kept of it) stand instead.
 */
export function formatRejectLine(entry: RejectEntry, options: RejectLineOptions = {}): string {
  const hidden = options.hideRaw === true && typeof entry.record?.value === "string";
  const issues = hidden ? entry.issues.map(withoutFound) : entry.issues;
  const [first] = issues;
  const line: JsonObject = {
    ...issueFields(first!),
    location: { ...entry.at, ...placeOf(first!) } as JsonObject,
    ...recordField(entry, hidden),
    ...(issues.length > 1 ? { issues: issues.map(issueLine) } : {}),
  };
  return entryJson(line);
}

/** Options of {@link formatRejectLine}. */
export interface RejectLineOptions {
  /** Whether raw text, of which no field is known, may hold personal fields: then hash and place stand instead. */
  readonly hideRaw?: boolean;
}

/** One line of an issues file, without its line end. */
export function formatIssueLine(issue: Issue): string {
  return entryJson(issueLine(issue));
}

function issueLine(issue: Issue): JsonObject {
  return { ...issueFields(issue), location: { ...issue.location } as JsonObject };
}

function issueFields(issue: Issue): JsonObject {
  const { code, severity, message, expected, found, hint, target } = issue;
  return {
    code,
    severity,
    message,
    ...(target === undefined ? {} : { target }),
    ...(expected === undefined ? {} : { expected }),
    ...(found === undefined ? {} : { found }),
    hint,
  };
}

function placeOf(issue: Issue): Partial<Location> {
  const { line, column, path } = issue.location;
  return {
    ...(line === undefined ? {} : { line }),
    ...(column === undefined ? {} : { column }),
    ...(path === undefined ? {} : { path }),
  };
}

/** What was found is a piece of the raw text. */
function withoutFound({ found: _, ...issue }: Issue): Issue {
  return issue;
}

function recordField(entry: RejectEntry, hidden: boolean): JsonObject {
  const { record } = entry;
  if (record === undefined) {
    return {};
  }
  if (hidden || record.bytes > LARGEST_KEPT_RECORD) {
    const digest = createHash("sha256").update(JSON.stringify(record.value)).digest("hex");
    return { recordBytes: record.bytes, recordHash: `sha256:${digest}` };
  }
  return { record: hidePersonalFields(record.value) };
}

const loneSurrogate = /\p{Surrogate}/gu;

/** JSON of an entry. Half characters become U+FFFD: several parsers abort a whole file on an escaped one. */
function entryJson(entry: JsonObject): string {
  return escapeLineSeparators(
    JSON.stringify(entry, (_key, value: unknown) =>
      typeof value === "string" ? value.replace(loneSurrogate, "\ufffd") : value,
    ),
  );
}
