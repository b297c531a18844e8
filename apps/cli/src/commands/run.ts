import { DataError } from "@dpo-kit/schema";
import type { CommandLine } from "../command-line/parse-command-line.ts";
import { jsonLine, resultJson } from "../report/json-report.ts";
import { recipePlanView } from "../report/recipe-plan-view.ts";
import { visibleCopy } from "../terminal/visible-text.ts";
import type { Command, CommandContext } from "./command.ts";
import { reportConversion } from "./report-conversion.ts";
import { requireOperands } from "./require-operands.ts";
import { watchRun } from "./run-environment.ts";

/** `dpo run`: what a recipe says, the summary to standard error. */
export const run: Command = async (line, context) => {
  const [recipe, ...others] = requireOperands(line);
  if (others.length > 0) {
    throw new DataError("RUN_OPTION_INVALID", {
      message: "dpo run takes one recipe",
      hint: "Name the sources in the recipe; dpo init <input...> writes one.",
    });
  }
  if (line.values.plan === true) {
    return showRecipePlan(recipe!, line, context);
  }
  const { runRecipe } = await import("@dpo-kit/pipeline/node");
  const { jobs, force } = line.values as { jobs?: number; force?: boolean };
  const watched = watchRun(line, context);
  try {
    const options = { force: force === true, ...(jobs === undefined ? {} : { jobs }) };
    const result = await runRecipe(recipe!, options, watched.environment);
    watched.finish();
    reportConversion(result, { line, context, watched });
    return result.exitCode;
  } finally {
    watched.finish();
  }
};

async function showRecipePlan(
  recipe: string,
  line: CommandLine,
  { terminal, signal }: CommandContext,
): Promise<number> {
  const { planRecipe } = await import("@dpo-kit/pipeline/node");
  const planned = await planRecipe(recipe, {}, { signal });
  if (line.values.json === true) {
    terminal.out.write(jsonLine(resultJson(planned)));
  } else {
    terminal.out.lines(recipePlanView(visibleCopy(planned), terminal.out));
  }
  return planned.exitCode;
}
