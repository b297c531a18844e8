import type { ExportResult } from "@dpo-kit/pipeline";
import { countOf, formatCount, formatDuration } from "../terminal/quantities.ts";
import { formatTable } from "../terminal/table.ts";
import type { TextStyle } from "../terminal/terminal.ts";
import { joinParagraphs } from "./conversion-summary.ts";
import { exportLines } from "./export-lines.ts";
import { issueList } from "./issue-list.ts";
import { nextLines, outputLines } from "./output-lines.ts";

/** What was exported, or would be. `elapsed` is in milliseconds. */
export function exportReport(result: ExportResult, elapsed: number, style: TextStyle): string[] {
  return joinParagraphs([
    issueLines(result, style),
    inputLines(result, style),
    exportLines(result.exports, style),
    outputLines(result.outputs, style),
    verdict(result, elapsed, style),
    nextLines(result.next, style),
  ]);
}

/** What is wrong. Warnings about lines that are exported all the same are for `dpo validate`. */
function issueLines({ issues }: ExportResult, style: TextStyle): string[] {
  const byCode = issues.byCode.filter(({ severity }) => severity === "error");
  return issueList({ byCode, first: issues.first }, { groups: 8, each: 3, eachNote: 0 }, style);
}

function inputLines({ ledgers: { units, pairs }, exports }: ExportResult, style: TextStyle): string[] {
  const rejected = units.read - units.blank - pairs.total;
  const examples = exports[0]?.examples ?? 0;
  const parts = [
    `${formatCount(examples)} exported`,
    ...(pairs.sampledOut === 0 ? [] : [`${formatCount(pairs.sampledOut)} sampled out`]),
    ...(units.blank === 0 ? [] : [`${formatCount(units.blank)} blank`]),
    ...(rejected === 0 ? [] : [`${formatCount(rejected)} rejected`]),
  ];
  return formatTable([["lines read", formatCount(units.read), `= ${parts.join(" + ")}`]], {
    align: ["left", "right"],
    width: style.width,
  });
}

function verdict({ isPlan, ok, outputs }: ExportResult, elapsed: number, { palette }: TextStyle): string[] {
  const took = `in ${formatDuration(elapsed)}`;
  if (isPlan) {
    return [`A plan: nothing was written (${took})`];
  }
  const isNothing = outputs.length === 0;
  const said = isNothing ? "Nothing was written" : `Wrote ${countOf(outputs.length, "file")} ${took}`;
  return [ok ? palette.success(said) : palette.error(`${said}; see what is wrong above`)];
}
