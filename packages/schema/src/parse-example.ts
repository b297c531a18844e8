import { DataError } from "./data-error.ts";
import type { DpoExample } from "./example.ts";
import { createIssue, formatIssue, type Issue } from "./issue.ts";
import type { Location } from "./location.ts";
import { type ValidateOptions, validateExample } from "./validate-example.ts";

/** An example with what is worth knowing of it, or everything that is wrong. */
export type ParsedExample =
  | { ok: true; example: DpoExample; issues: Issue[] }
  | { ok: false; issues: Issue[] };

/**
 * Reads an example from a JSON text, or takes a value that is parsed already, and checks it as
 * `validateExample` does. It is taken if no issue is an error; its issues are then warnings and notes.
 * A text is always read as JSON.
 */
export function safeParseExample(input: unknown, options: ValidateOptions = {}): ParsedExample {
  let value = input;
  if (typeof input === "string") {
    try {
      value = JSON.parse(input);
    } catch {
      return { ok: false, issues: [invalidJson(input, options.location)] };
    }
  }
  const issues = validateExample(value, options);
  return issues.some(({ severity }) => severity === "error")
    ? { ok: false, issues }
    : { ok: true, example: value as DpoExample, issues };
}

/**
 * Reads and checks an example, as {@link safeParseExample} does.
 *
 * @throws {DataError} with the code of the first error, and with all issues, if it is not valid.
 */
export function parseExample(input: unknown, options: ValidateOptions = {}): DpoExample {
  const parsed = safeParseExample(input, options);
  if (parsed.ok) {
    return parsed.example;
  }
  const errors = parsed.issues.filter(({ severity }) => severity === "error");
  const first = errors[0]!;
  const others = errors.length > 1 ? ` (and ${errors.length - 1} more)` : "";
  throw new DataError(first.code, {
    message: `${formatIssue(first)}${others}`,
    location: first.location,
    hint: first.hint,
    issues: parsed.issues,
  });
}

function invalidJson(text: string, location: Location = { source: "example" }): Issue {
  return createIssue("LINE_INVALID_JSON", { location, expected: "one JSON object", found: text });
}
