import type { ValidatedFile, ValidationResult } from "@dpo-kit/pipeline";
import { countOf, formatBytes, formatCount, formatDuration } from "../terminal/quantities.ts";
import { formatTable } from "../terminal/table.ts";
import type { TextStyle } from "../terminal/terminal.ts";
import { joinParagraphs } from "./conversion-summary.ts";
import { issueList } from "./issue-list.ts";
import { nextLines, outputLines } from "./output-lines.ts";

/** What a terminal shows at most; --issues writes all. */
const SHOWN_GROUPS = 20;
const SHOWN_EACH = 5;

/** What the command knows beside the result. */
export interface ReportContext {
  /** Milliseconds. */
  elapsed: number;
  /** What a fix does, in words. */
  describeFix(name: string): string;
}

/** What was found in checked files: problems in groups, a table of the files, what was mended, the verdict. */
export function validationReport(
  result: ValidationResult,
  { elapsed, describeFix }: ReportContext,
  style: TextStyle,
): string[] {
  const issueFile = result.outputs.find(({ kind }) => kind === "issues");
  const all = result.issues.byCode.reduce((sum, { count }) => sum + count, 0);
  const shown = Math.min(all, result.issues.first.length);
  const rest =
    issueFile !== undefined
      ? `Every issue is in ${issueFile.path}`
      : all > shown
        ? "Write every issue to a file with --issues <file>"
        : undefined;
  return joinParagraphs([
    issueList(result.issues, { groups: SHOWN_GROUPS, each: SHOWN_EACH, eachNote: 1, rest }, style),
    fileTable(result.files, style),
    leakageLines(result, style),
    fixLines(result, describeFix, style),
    outputLines(result.outputs, style),
    [verdict(result, elapsed, style)],
    nextLines(result.next, style),
  ]);
}

function fileTable(files: readonly ValidatedFile[], { palette }: TextStyle): string[] {
  const header = ["file", "lines", "valid", "errors", "warnings", "size"].map((title) =>
    palette.faint(title),
  );
  const rows = files.map(({ source, lines, valid, errors, warnings, bytes }) => [
    source,
    formatCount(lines),
    formatCount(valid),
    errors > 0 ? palette.error(formatCount(errors)) : "0",
    warnings > 0 ? palette.warning(formatCount(warnings)) : "0",
    formatBytes(bytes),
  ]);
  return formatTable([header, ...rows], { align: ["left", "right", "right", "right", "right", "right"] });
}

function leakageLines({ leakage }: ValidationResult, { palette, width }: TextStyle): string[] {
  if (leakage === undefined) {
    return [];
  }
  if (leakage.sharedPrompts === 0) {
    return [palette.success("No prompt is in two of the files")];
  }
  const rows = leakage.overlaps.map(({ files: [one, other], prompts, lines: [ofOne, ofOther] }, index) => [
    index === 0 ? "leaks" : "",
    palette.error(formatCount(prompts)),
    `${prompts === 1 ? "prompt is" : "prompts are"} in ${one} and ${other}: ${countOf(ofOne, "line")} and ${countOf(ofOther, "line")}`,
  ]);
  return formatTable(rows, { align: ["left", "right"], width });
}

function fixLines(
  { fixes }: ValidationResult,
  describeFix: ReportContext["describeFix"],
  { width }: TextStyle,
): string[] {
  const rows = [...fixes]
    .filter(([, count]) => count > 0)
    .map(([name, count], index) => [
      index === 0 ? "mended" : "",
      formatCount(count),
      `${name}: ${describeFix(name)}`,
    ]);
  return formatTable(rows, { align: ["left", "right"], width });
}

function verdict(
  { files, targets, leakage, ok }: ValidationResult,
  elapsed: number,
  { palette }: TextStyle,
): string {
  const errors = sumOf(files, "errors");
  const warnings = sumOf(files, "warnings");
  const leaked = leakage?.sharedPrompts ?? 0;
  const leaks = leaked === 0 ? "" : `, ${countOf(leaked, "prompt")} in more than one file`;
  const found = `${countOf(errors, "error")}, ${countOf(warnings, "warning")}${leaks}`;
  const scope = `${countOf(sumOf(files, "lines"), "line")} checked for ${targets.join(", ")} in ${formatDuration(elapsed)}`;
  return `${ok ? palette.success(found) : palette.error(found)}; ${scope}`;
}

function sumOf(files: readonly ValidatedFile[], field: "errors" | "warnings" | "lines"): number {
  return files.reduce((sum, file) => sum + file[field], 0);
}
