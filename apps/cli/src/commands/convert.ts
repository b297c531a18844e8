import { conversionRequest } from "../command-line/requests.ts";
import type { Command } from "./command.ts";
import { showPlan } from "./inspect.ts";
import { chooseOutput } from "./output-choice.ts";
import { reportConversion } from "./report-conversion.ts";
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
    reportConversion(result, { line, context, watched });
    return result.exitCode;
  } finally {
    watched.finish();
  }
};
