import { rewritingRequest } from "../command-line/requests.ts";
import type { Command } from "./command.ts";
import { chooseOutput } from "./output-choice.ts";
import { reportConversion } from "./report-conversion.ts";
import { requireOperands } from "./require-operands.ts";
import { watchRun } from "./run-environment.ts";

/** `dpo dedupe` and `dpo split`: canonical lines to canonical lines, the summary to standard error. */
export const run: Command = async (line, context) => {
  requireOperands(line);
  const request = rewritingRequest(line, chooseOutput(line, context.terminal));
  const { dedupeFiles, splitFiles } = await import("@dpo-kit/pipeline/node");
  const rewrite = line.command === "split" ? splitFiles : dedupeFiles;
  const watched = watchRun(line, context);
  try {
    const result = await rewrite(request, watched.environment);
    watched.finish();
    reportConversion(result, { line, context, watched });
    return result.exitCode;
  } finally {
    watched.finish();
  }
};
