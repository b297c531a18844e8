import type { ConversionResult } from "@dpo-kit/pipeline/node";
import type { CommandLine } from "../command-line/parse-command-line.ts";
import { conversionRequest } from "../command-line/requests.ts";
import { conversionSummary, type SummaryContext } from "../report/conversion-summary.ts";
import { jsonLine, resultJson } from "../report/json-report.ts";
import { verdictLines } from "../report/verdict.ts";
import { visibleCopy } from "../terminal/visible-text.ts";
import type { Command, CommandContext } from "./command.ts";
import { showPlan } from "./inspect.ts";
import { chooseOutput, jsonStream } from "./output-choice.ts";
import { requireOperands } from "./require-operands.ts";
import { watchRun } from "./run-environment.ts";

/** `dpo convert`: lines to the output, the summary to standard error. */
export const run: Command = async (line, context) => {
  requireOperands(line);
  if (line.values.dryRun === true) {
    return showPlan(line, context);
  }
  const request = conversionRequest(line, chooseOutput(line, context.terminal));
  const { runConversion } = await import("@dpo-kit/pipeline/node");
  const watched = watchRun(line, context);
  try {
    const result = await runConversion(request, watched.environment);
    watched.finish();
    report(result, { line, context, elapsed: watched.elapsed(), bytesRead: watched.bytesRead() });
    return result.exitCode;
  } finally {
    watched.finish();
  }
};

interface Run {
  line: CommandLine;
  context: CommandContext;
  elapsed: number;
  bytesRead: number;
}

function report(result: ConversionResult, { line, context, elapsed, bytesRead }: Run): void {
  const { terminal } = context;
  const { json, quiet } = line.values;
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
  const told = { request, elapsed, bytesRead: Math.max(bytesRead, knownSize(result)) };
  terminal.err.lines(conversionSummary(visible, told, terminal.err));
}

/** A report is kept where data is not to be: the texts of the previews stay out of it. */
function withoutPreviews({ plan }: ConversionResult): object {
  return { ...plan, sources: plan.sources.map(({ preview: _preview, ...source }) => source) };
}

function knownSize({ plan }: ConversionResult): number {
  return plan.sources.reduce((total, { size = 0 }) => total + size, 0);
}
