import type { StatisticsResult } from "@dpo-kit/pipeline";
import { countOf, formatBytes, formatCount, formatDuration } from "../terminal/quantities.ts";
import { formatTable } from "../terminal/table.ts";
import type { TextStyle } from "../terminal/terminal.ts";
import { biasLines } from "./bias-lines.ts";
import { joinParagraphs } from "./conversion-summary.ts";
import { costLines } from "./cost-lines.ts";
import { findingLines } from "./finding-lines.ts";
import { issueList } from "./issue-list.ts";
import { lengthLines } from "./length-lines.ts";
import { nextLines, outputLines } from "./output-lines.ts";

/** What is in files of pairs: first what should be looked at, then the figures behind it. */
export function statisticsReport(result: StatisticsResult, elapsed: number, style: TextStyle): string[] {
  const { statistics, cost = [], epochs, issues, outputs, next } = result;
  if (statistics.pairs === 0) {
    return joinParagraphs([
      brokenLines(result, style),
      [style.palette.error("There are no pairs")],
      nextLines(next, style),
    ]);
  }
  return joinParagraphs([
    headLines(result, style),
    brokenLines(result, style),
    findingLines(result, style),
    shapeLines(result, style),
    lengthLines(result, style),
    biasLines(statistics, style),
    costLines(cost, epochs, style),
    outputLines(outputs, style),
    [style.palette.faint(`in ${formatDuration(elapsed)}, ${speed(result, elapsed)}`)],
    issues.byCode.length === 0 ? [] : nextLines(next, style),
  ]);
}

function headLines({ files, statistics }: StatisticsResult, { palette, width }: TextStyle): string[] {
  const { pairs, bytes, repeats } = statistics;
  const prompts = `${repeats.exact ? "" : "about "}${countOf(repeats.prompts, "prompt")}`;
  const whole = `${countOf(pairs, "pair")} of ${prompts}, ${formatBytes(bytes)}`;
  if (files.length === 1) {
    return formatTable([[palette.strong(files[0]!.source), whole]], { width });
  }
  const rows = files.map(({ source, split, pairs: count }) => [
    `  ${source}`,
    formatCount(count),
    split ?? "",
  ]);
  return [palette.strong(whole), ...formatTable(rows, { align: ["left", "right"] })];
}

/** Lines that could not be read; the figures are those of the others. */
function brokenLines({ files, issues }: StatisticsResult, style: TextStyle): string[] {
  const rejected = files.reduce((total, file) => total + file.rejected, 0);
  if (rejected === 0) {
    return [];
  }
  return [
    style.palette.error(`${countOf(rejected, "line")} could not be read: exit code 1`),
    ...issueList(issues, { groups: 3, each: 2 }, style),
  ];
}

function shapeLines({ statistics }: StatisticsResult, { palette, width }: TextStyle): string[] {
  const { shape, repeats } = statistics;
  const { pairsPerPrompt, duplicateLines, duplicatePairs, reversedPairs, exact } = repeats;
  const about = exact ? "" : "about ";
  const turns = shape.userTurns.bins.map(
    ({ from, to, count }) => `${to - from === 1 ? from : `${from}-${to - 1}`}: ${formatCount(count)}`,
  );
  const rows = [
    ["  roles", shape.roles.map(({ role, messages }) => `${role} ${formatCount(messages)}`).join(", ")],
    ["  user turns", turns.join(", ")],
    [
      "  with",
      `a system message ${formatCount(shape.withSystem)}, tools ${formatCount(shape.withTools)}, tool calls ${formatCount(shape.withCalls)}`,
    ],
    ["  per prompt", `${pairsPerPrompt.mean.toFixed(2)} pairs, at most ${formatCount(pairsPerPrompt.max)}`],
    [
      "  repeats",
      `${about}${countOf(duplicateLines, "equal line")}, ${countOf(duplicatePairs, "pair")} equal but for case and white space, ${formatCount(reversedPairs)} both ways round, ${formatCount(statistics.nearIdentical.pairs)} with answers that are nearly the same`,
    ],
  ];
  return [palette.strong("conversations"), ...formatTable(rows, { width })];
}

function speed({ statistics: { pairs, bytes } }: StatisticsResult, elapsed: number): string {
  const seconds = Math.max(elapsed, 1) / 1000;
  return `${formatCount(Math.round(pairs / seconds))} pairs/s, ${formatBytes(bytes / seconds)}/s`;
}
