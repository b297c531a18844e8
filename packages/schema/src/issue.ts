import { type CodeDefinition, codeDefinition, type IssueCode } from "./codes/index.ts";
import { excerpt } from "./excerpt.ts";
import { formatLocation, type Location } from "./location.ts";
import type { Severity } from "./severity.ts";

/** One problem of one record, line or file. A bad record is data: issues are returned, not thrown. */
export interface Issue {
  /** Stable; `dpo explain <CODE>` tells what it means. */
  code: IssueCode;
  severity: Severity;
  /** What is wrong, in one sentence, without the location. */
  message: string;
  location: Location;
  expected?: string;
  /** What was there instead, cut to 200 characters. */
  found?: string;
  /** How to put it right. */
  hint: string;
  /** The provider whose rule this is; missing where it holds for all. */
  target?: string;
}

/** What an issue may say beyond its code. Message, severity and hint default to the registry's. */
export interface IssueDetails {
  location: Location;
  message?: string;
  severity?: Severity;
  expected?: string;
  /** Any value; shown as JSON unless it is text, cut to 200 characters. */
  found?: unknown;
  hint?: string;
  target?: string;
}

/** Makes an issue of a registered code. */
export function createIssue(code: IssueCode, details: IssueDetails): Issue {
  const definition: CodeDefinition = codeDefinition(code);
  const { location, expected, target } = details;
  return {
    code,
    severity: details.severity ?? definition.severity,
    message: details.message ?? definition.title,
    location,
    ...(expected === undefined ? {} : { expected }),
    ...("found" in details ? { found: excerpt(details.found) } : {}),
    hint: details.hint ?? definition.fix,
    ...(target === undefined ? {} : { target }),
  };
}

/** What, expected and found, in one line without the place. */
export function describeIssue({ message, expected, found }: Issue): string {
  const wanted = expected === undefined ? "" : `; expected ${expected}`;
  return `${message}${wanted}${found === undefined ? "" : `; found ${found}`}`;
}

/** One line: place, severity, code, what, expected and found. The hint stands on its own line elsewhere. */
export function formatIssue(issue: Issue): string {
  const path = issue.location.path === undefined ? "" : ` at ${issue.location.path}`;
  return `${formatLocation(issue.location)}: ${issue.severity} ${issue.code}${path}: ${describeIssue(issue)}`;
}
