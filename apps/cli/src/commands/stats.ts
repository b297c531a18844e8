import type { StatisticsResult } from "@dpo-kit/pipeline/node";
import type { CommandLine } from "../command-line/parse-command-line.ts";
import { statisticsRequest } from "../command-line/requests.ts";
import { jsonLine, resultJson } from "../report/json-report.ts";
import { statisticsReport } from "../report/statistics-report.ts";
import { visibleCopy } from "../terminal/visible-text.ts";
import type { Command, CommandContext } from "./command.ts";
import { requireOperands } from "./require-operands.ts";
import { watchRun } from "./run-environment.ts";

/** `dpo stats`: what is in files of pairs, to standard output. */
export const run: Command = async (line, context) => {
  requireOperands(line);
  const { collectFileStatistics } = await import("@dpo-kit/pipeline/node");
  const watched = watchRun(line, context);
  try {
    const result = await collectFileStatistics(statisticsRequest(line), watched.environment);
    watched.finish();
    report(result, { line, context, elapsed: watched.elapsed() });
    return result.exitCode;
  } finally {
    watched.finish();
  }
};

function report(
  result: StatisticsResult,
  { line, context, elapsed }: { line: CommandLine; context: CommandContext; elapsed: number },
): void {
  const { out } = context.terminal;
  if (line.values.json === true) {
    out.write(jsonLine(resultJson({ ...result, elapsedSeconds: Math.round(elapsed) / 1000 })));
  } else if (line.values.quiet !== true || !result.ok) {
    out.lines(statisticsReport(visibleCopy(result), elapsed, out));
  }
}
