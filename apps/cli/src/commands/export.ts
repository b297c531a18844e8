import type { ExportResult } from "@dpo-kit/pipeline/node";
import { DataError } from "@dpo-kit/schema";
import { findCommand } from "../command-line/command-descriptions.ts";
import type { CommandLine } from "../command-line/parse-command-line.ts";
import { exportRequest } from "../command-line/requests.ts";
import { exportReport } from "../report/export-report.ts";
import { jsonLine, resultJson } from "../report/json-report.ts";
import { visibleCopy } from "../terminal/visible-text.ts";
import type { Command, CommandContext } from "./command.ts";
import { requireOperands } from "./require-operands.ts";
import { watchRun } from "./run-environment.ts";

/** `dpo export`: what was written for each target, and what was lost, to standard output. */
export const run: Command = async (line, context) => {
  requireOperands(line);
  requireOption(line, "to");
  if (line.values.plan !== true) {
    requireOption(line, "output");
  }
  const { exportFiles } = await import("@dpo-kit/pipeline/node");
  const watched = watchRun(line, context);
  try {
    const result = await exportFiles(exportRequest(line), watched.environment);
    watched.finish();
    report(result, { line, context, elapsed: watched.elapsed() });
    return result.exitCode;
  } finally {
    watched.finish();
  }
};

const missing = { to: "--to", output: "-o <folder>" } as const;

function requireOption({ values }: CommandLine, name: keyof typeof missing): void {
  const given = values[name];
  if (given === undefined || given === "-") {
    throw new DataError("RUN_OPTION_INVALID", {
      message: `dpo export needs ${missing[name]}`,
      hint: `Usage: dpo ${findCommand("export")!.usage}`,
    });
  }
}

function report(
  result: ExportResult,
  { line, context, elapsed }: { line: CommandLine; context: CommandContext; elapsed: number },
): void {
  const { out } = context.terminal;
  if (line.values.json === true) {
    out.write(jsonLine(resultJson({ ...result, elapsedSeconds: Math.round(elapsed) / 1000 })));
    return;
  }
  if (line.values.quiet !== true || !result.ok) {
    out.lines(exportReport(visibleCopy(result), elapsed, out));
  }
}
