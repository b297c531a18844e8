import {
  codeDefinition,
  DataError,
  type Issue,
  type JsonObject,
  type JsonValue,
  type Location,
} from "@dpo-kit/schema";

/** The name of the shape that `--json` prints; a field is only ever added to it. */
export const RESULT_SCHEMA = "dpo-kit/result@1";

/** What every object of `--json` holds, of whatever command, in this order; `dpo help output` tells what it is. */
interface CommonParts {
  readonly command: string;
  readonly ok: boolean;
  readonly exitCode: number;
  readonly ledgers?: object;
  readonly transforms?: object;
  readonly outputs?: readonly object[];
  readonly issues?: { readonly byCode: readonly object[]; readonly first: readonly object[] };
  readonly next?: readonly string[];
}

/** A result as `--json` prints it: what all have, empty where it does not apply, and then its own members. */
export function resultJson<Result extends CommonParts>(result: Result): JsonObject {
  const { command, ok, exitCode, ledgers, transforms, outputs, issues, next, ...own } = result;
  const common = {
    schema: RESULT_SCHEMA,
    command,
    ok,
    exitCode,
    ledgers: ledgers ?? {},
    transforms: transforms ?? {},
    outputs: outputs ?? [],
    issues: issues ?? { byCode: [], first: [] },
    next: next ?? [],
  };
  return { ...(plain(common) as JsonObject), ...(plain(own) as JsonObject) };
}

/** A failure as `--json` prints it. */
export function errorJson(command: string, exitCode: number, error: unknown): JsonObject {
  const known = DataError.isInstance(error);
  const { source, ...place } = flatLocation((known && error.location) || { source: "" });
  return {
    ...resultJson({ command, ok: false, exitCode, ...(known ? { issues: issuesOf(error) } : {}) }),
    error: {
      code: known ? error.code : "RUN_INTERNAL",
      message: error instanceof Error ? error.message : String(error),
      hint: known ? error.hint : null,
      source: source || null,
      ...place,
    },
  };
}

/** All problems behind an error, where it holds several. */
function issuesOf({ issues }: DataError): NonNullable<CommonParts["issues"]> {
  const codes = [...new Set(issues.map(({ code }) => code))];
  const byCode = codes.map((code) => {
    const { severity, title } = codeDefinition(code);
    return { code, severity, title, count: issues.filter((issue) => issue.code === code).length };
  });
  return { byCode, first: issues };
}

/** Characters that JSON allows in strings and a terminal, or a line reader, takes as a command. */
const steering = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/gu;

/** One line of JSON that is safe to show. */
export function jsonLine(value: JsonValue): string {
  const spellOut = (character: string): string =>
    `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return `${JSON.stringify(value).replace(steering, spellOut)}\n`;
}

/** Plain JSON of a result: Maps become objects, issues are flat. */
function plain(value: unknown): JsonValue {
  if (value instanceof Map) {
    return Object.fromEntries([...value].map(([name, inner]) => [String(name), plain(inner)]));
  }
  if (Array.isArray(value)) {
    return value.map(plain);
  }
  if (typeof value !== "object" || value === null) {
    return (value ?? null) as JsonValue;
  }
  if (isIssue(value)) {
    return flatIssue(value);
  }
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .map(([name, inner]) => [name, plain(inner)]),
  );
}

function isIssue(value: object): value is Issue {
  return "code" in value && "severity" in value && "location" in value && "hint" in value;
}

/** An issue with its place beside its code; what is not known is null, so that each field is always there. */
export function flatIssue(issue: Issue): JsonObject {
  const { code, severity, message, hint, expected, found, target } = issue;
  const { source, line, column, path, ordinal, byteOffset } = flatLocation(issue.location);
  return {
    code,
    severity,
    source,
    line,
    column,
    path,
    message,
    hint,
    expected: expected ?? null,
    found: found ?? null,
    target: target ?? null,
    ordinal,
    byteOffset,
  };
}

/** A place with null for what is not known of it. */
function flatLocation(location: Location): Record<keyof Location, string | number | null> {
  const { source, line = null, column = null, path = null, ordinal = null, byteOffset = null } = location;
  return { source, line, column, path, ordinal, byteOffset };
}
