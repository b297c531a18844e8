import type { CommandLine } from "../command-line/parse-command-line.ts";
import { readingRequest } from "../command-line/requests.ts";
import { jsonLine, resultJson } from "../report/json-report.ts";
import { planView } from "../report/plan-view.ts";
import { visibleCopy } from "../terminal/visible-text.ts";
import type { Command, CommandContext } from "./command.ts";
import { requireOperands } from "./require-operands.ts";

/** `dpo inspect`: the plan, to standard output. */
export const run: Command = async (line, context) => {
  requireOperands(line);
  return showPlan(line, context);
};

/** Prints what would be done; `dpo convert --dry-run` does the same. */
export async function showPlan(line: CommandLine, { terminal, signal }: CommandContext): Promise<number> {
  const { inspectInputs } = await import("@dpo-kit/pipeline/node");
  const result = await inspectInputs(readingRequest(line), { signal });
  if (line.values.json === true) {
    terminal.out.write(jsonLine(resultJson({ ...result, command: line.command })));
  } else {
    terminal.out.lines(planView(visibleCopy(result), terminal.out));
  }
  return result.exitCode;
}
