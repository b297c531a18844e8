import type { ConversionResult } from "@dpo-kit/pipeline/node";
import type { CommandLine } from "../command-line/parse-command-line.ts";
import { conversionSummary, type SummaryContext } from "../report/conversion-summary.ts";
import { jsonLine, resultJson } from "../report/json-report.ts";
import { verdictLines } from "../report/verdict.ts";
import { visibleCopy } from "../terminal/visible-text.ts";
import type { CommandContext } from "./command.ts";
import { jsonStream } from "./output-choice.ts";
import type { WatchedRun } from "./run-environment.ts";

/** The run that is reported on. */
export interface ReportedRun {
  readonly line: CommandLine;
  readonly context: CommandContext;
  readonly watched: WatchedRun;
}

/** Prints what a conversion, or a rewriting of canonical lines, did: the summary, its end, or JSON. */
export function reportConversion(result: ConversionResult, { line, context, watched }: ReportedRun): void {
  const { terminal } = context;
  const { json, quiet } = line.values;
  const elapsed = watched.elapsed();
  if (json === true) {
    const told = { ...result, plan: withoutPreviews(result), elapsedSeconds: Math.round(elapsed) / 1000 };
    jsonStream(line, terminal).write(jsonLine(resultJson(told)));
    return;
  }
  const request = line.values as SummaryContext["request"];
  const visible = visibleCopy(result);
  if (quiet === true) {
    terminal.err.lines(result.exitCode === 0 ? [] : verdictLines(visible, request, terminal.err));
    return;
  }
  const told = { request, elapsed, bytesRead: Math.max(watched.bytesRead(), knownSize(result)) };
  terminal.err.lines(conversionSummary(visible, told, terminal.err));
}

/** A report is kept where data is not to be: the texts of the previews stay out of it. */
function withoutPreviews({ plan }: ConversionResult): object {
  return { ...plan, sources: plan.sources.map(({ preview: _preview, ...source }) => source) };
}

function knownSize({ plan }: ConversionResult): number {
  return plan.sources.reduce((total, { size = 0 }) => total + size, 0);
}
