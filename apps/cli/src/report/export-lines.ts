import type { ExportReport } from "@dpo-kit/pipeline";
import { countOf, formatCount } from "../terminal/quantities.ts";
import { formatTable } from "../terminal/table.ts";
import type { TextStyle } from "../terminal/terminal.ts";
import { describeReason } from "./describe-code.ts";

/** Of each target where the examples went, and under it why they were left out and what was lost. */
export function exportLines(exports: readonly ExportReport[], style: TextStyle): string[] {
  const table = { align: ["left", "right"], width: style.width } as const;
  return exports.flatMap((report, index) => [
    ...(index === 0 ? [] : [""]),
    ...formatTable([[report.target, formatCount(report.examples), `= ${ledgerOf(report)}`]], table),
    ...formatTable([...rowsOf("left out", report.leftOut), ...rowsOf("lost", report.losses)], table),
  ]);
}

function ledgerOf({ written, rows, leftOut }: ExportReport): string {
  const gone = [...leftOut.values()].reduce((sum, count) => sum + count, 0);
  const inRows = rows === written ? "written" : `written, in ${countOf(rows, "row")}`;
  return `${formatCount(written)} ${inRows}${gone === 0 ? "" : ` + ${formatCount(gone)} left out`}`;
}

function rowsOf(label: string, counts: ReadonlyMap<string, number>): string[][] {
  return [...counts]
    .sort(([one, many], [other, more]) => more - many || (one < other ? -1 : 1))
    .map(([code, count], index) => [
      `  ${index === 0 ? label : ""}`,
      formatCount(count),
      describeReason(code),
    ]);
}
