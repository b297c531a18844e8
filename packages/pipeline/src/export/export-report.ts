import { type Counts, sum } from "@dpo-kit/batch";
import { createIssue, DataError, type Issue, type IssueCode } from "@dpo-kit/schema";
import type { ExportReport } from "./export-result.ts";
import type { TargetExporter } from "./target-exporter.ts";

/** What an exporter has done so far. */
export function exportReport({ target, ledger }: TargetExporter): ExportReport {
  return { target: target.id, title: target.title, byDesign: target.byDesign ?? [], ...ledger };
}

/** Whether there were examples, and the target holds none of them. */
export function isEmptyExport({ examples, written }: ExportReport): boolean {
  return examples > 0 && written === 0;
}

/** One sentence for each target whose ledger does not balance. */
export function exportImbalances(reports: readonly ExportReport[]): string[] {
  return reports
    .filter(({ examples, written, leftOut }) => examples !== written + sum(leftOut))
    .map(
      ({ target, examples, written, leftOut }) =>
        `${target}: ${examples} examples, ${written + sum(leftOut)} accounted for`,
    );
}

/** An issue for each target that holds no example. */
export function emptyExportIssues(reports: readonly ExportReport[]): Issue[] {
  return reports.filter(isEmptyExport).map(({ target, title, examples }) =>
    createIssue("EXPORT_EMPTY", {
      location: { source: target },
      message: `None of ${examples} examples can be held by ${title}`,
    }),
  );
}

/**
 * Refuses everything that is lost or left out, told as a whole. What a target is by its nature is none of it.
 * @throws EXPORT_NOT_STRICT
 */
export function refuseLosses(reports: readonly ExportReport[]): void {
  const issues = reports.flatMap((report) => [
    ...countIssues(report, report.losses),
    ...countIssues(report, report.leftOut),
  ]);
  if (issues.length > 0) {
    throw new DataError("EXPORT_NOT_STRICT", {
      message: `Not all can be held: ${issues.map(({ location, message }) => `${location.source}: ${message}`).join("; ")}`,
      issues,
    });
  }
}

/** What a strict export lets pass: what the target is, and rows that are in the file already. */
function countIssues({ target, byDesign }: ExportReport, counts: Counts): Issue[] {
  const passing = new Set<string>([...byDesign, "EXPORT_OMITS_REPEATED"]);
  return [...counts]
    .filter(([code]) => !passing.has(code))
    .map(([code, by]) =>
      createIssue(code as IssueCode, {
        location: { source: target },
        severity: "error",
        message: `${by} × ${code}`,
      }),
    );
}
