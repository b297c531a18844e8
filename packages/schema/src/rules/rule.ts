import { codeDefinition, type LineCode } from "../codes/index.ts";
import type { Severity } from "../severity.ts";
import type { LineParts } from "./line-parts.ts";
import type { Report, ReportDetails } from "./report.ts";

/**
 * Looks at one line and reports each problem. It takes any JSON value, passes over what other checks report,
 * and allocates nothing when nothing is wrong. One check may report several codes.
 */
export type LineCheck = (line: LineParts, report: Report) => void;

/** What is known of a file as a whole. */
export interface FileFacts {
  /** Lines that are not blank. */
  lines: number;
  /** The size in bytes, as it would be uploaded. */
  bytes: number;
  hasByteOrderMark: boolean;
  /** How many lines have nothing but white space. */
  blankLines: number;
  /** Whether any line ends with CR LF. */
  crlf: boolean;
  /** Whether the file is one JSON array. Default: no. */
  jsonArray?: boolean;
  /** The name it would be uploaded under. Default: not checked. */
  name?: string;
}

/** Looks at the facts of a file and says what is wrong, or nothing. */
export type FileCheck = (facts: FileFacts) => ReportDetails | undefined;

/** What every rule has: the code that reports it, how bad it is, and where it comes from. */
export interface RuleOrigin {
  code: LineCode;
  severity: Severity;
  /** A link to the documentation, specification, code or report that it rests on. */
  source: string;
  /** The day the source was last read, as YYYY-MM-DD. */
  date: string;
}

/** A rule about one line. */
export interface LineRule extends RuleOrigin {
  check: LineCheck;
}

/** A rule about a whole file. */
export interface FileRule extends RuleOrigin {
  check: FileCheck;
}

/** The day all sources were last read. A rule whose source is read again gets its own date. */
export const SOURCES_READ = "2026-11-23";

/** What a rule does not take over from the registry. */
export type RuleDetails = Partial<Pick<RuleOrigin, "severity" | "source" | "date">>;

/** A line rule; severity and source default to the registry's. */
export function lineRule(code: LineCode, check: LineCheck, details: RuleDetails = {}): LineRule {
  return { ...origin(code, details), check };
}

/** A file rule; severity and source default to the registry's. */
export function fileRule(code: LineCode, check: FileCheck, details: RuleDetails = {}): FileRule {
  return { ...origin(code, details), check };
}

function origin(code: LineCode, details: RuleDetails): RuleOrigin {
  const { severity, source } = codeDefinition(code);
  return { code, severity, source, date: SOURCES_READ, ...details };
}
