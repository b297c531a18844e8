import {
  createJsonLocator,
  type JsonLocator,
  type JsonPath,
  type JsonPlace,
  type JsonRecord,
  parseJsonPath,
} from "@dpo-kit/io";
import { createIssue, type Issue, type Location, type TargetId, validateExample } from "@dpo-kit/schema";

/** All problems of one canonical line, each at its line and column in the file. */
export function lineIssues(
  record: JsonRecord,
  source: string,
  targets: readonly TargetId[],
): readonly Issue[] {
  if (record.issues.length > 0) {
    return record.issues;
  }
  const issues = exampleIssues(record.value, record, { source, targets });
  return record.text?.includes('"weight"') === true ? [...issues, ...weightIssues(record, source)] : issues;
}

/** A weight is the integer 0 or 1: `1.0` is the same number to us, and not to a reader that tells the types apart. */
function weightIssues(record: JsonRecord, source: string): Issue[] {
  const text = record.text!;
  const locator = createJsonLocator(text);
  const messages = (record.value as { input?: { messages?: unknown } } | null)?.input?.messages;
  return (Array.isArray(messages) ? messages : []).flatMap((message: { weight?: unknown } | null, index) => {
    const place =
      message?.weight === 0 || message?.weight === 1
        ? locator.locate(["input", "messages", index, "weight"])
        : undefined;
    const token =
      place === undefined ? undefined : /^[^\s,}\]]*/u.exec(text.slice(place.offset, place.offset + 40))![0];
    if (token === undefined || token === "0" || token === "1") {
      return [];
    }
    const location = {
      source,
      ordinal: record.ordinal,
      line: record.line,
      path: `input.messages[${index}].weight`,
    };
    const issue = createIssue("MESSAGE_WEIGHT_INVALID", {
      location,
      expected: "0 or 1, as an integer",
      found: Number(token),
    });
    return [placed({ ...issue, found: token }, record, locator)];
  });
}

/** The problems of a value that was read from a line, which need not be what stands there (when it was mended). */
export function exampleIssues(
  value: unknown,
  record: JsonRecord,
  { source, targets }: { source: string; targets: readonly TargetId[] },
): readonly Issue[] {
  const { ordinal, line, column, byteOffset } = record;
  const location: Location = { source, ordinal, line, column, byteOffset };
  const issues = validateExample(value, { targets, location });
  if (issues.length === 0 || record.text === undefined) {
    return issues;
  }
  const locator = createJsonLocator(record.text);
  return issues.map((issue) => placed(issue, record, locator));
}

/** A JSON path says where in the value; people need the column in the file. Of what is missing: of its parent. */
function placed(issue: Issue, record: JsonRecord, locator: JsonLocator): Issue {
  const { path } = issue.location;
  const steps = path === undefined ? undefined : parseJsonPath(path);
  const place = steps === undefined ? undefined : placeOf(steps, locator);
  if (place === undefined) {
    return issue;
  }
  const line = record.line + place.line - 1;
  const column = place.line === 1 ? record.column + place.column - 1 : place.column;
  return { ...issue, location: { ...issue.location, line, column } };
}

function placeOf(steps: JsonPath, locator: JsonLocator): JsonPlace | undefined {
  for (let length = steps.length; length >= 0; length -= 1) {
    const place = locator.locate(steps.slice(0, length));
    if (place !== undefined) {
      return place;
    }
  }
  return undefined;
}
