import { DataError } from "@dpo-kit/schema";
import { findCommand } from "../command-line/command-descriptions.ts";
import type { CommandLine } from "../command-line/parse-command-line.ts";
import { diffRequest } from "../command-line/requests.ts";
import { diffReport } from "../report/diff-report.ts";
import { jsonLine, resultJson } from "../report/json-report.ts";
import { visibleCopy } from "../terminal/visible-text.ts";
import type { Command } from "./command.ts";
import { watchRun } from "./run-environment.ts";

/** `dpo diff`: what changed from one dataset to another, to standard output. */
export const run: Command = async (line, context) => {
  requireTwo(line);
  const { diffFiles } = await import("@dpo-kit/pipeline/node");
  const watched = watchRun(line, context);
  try {
    const result = await diffFiles(diffRequest(line), watched.environment);
    watched.finish();
    const { out } = context.terminal;
    if (line.values.json === true) {
      const elapsedSeconds = Math.round(watched.elapsed()) / 1000;
      out.write(jsonLine(resultJson({ ...result, elapsedSeconds })));
    } else if (line.values.quiet !== true || result.issues.byCode.length > 0) {
      // That the two differ is no error: the exit code says it.
      out.lines(diffReport(visibleCopy(result), out));
    }
    return result.exitCode;
  } finally {
    watched.finish();
  }
};

function requireTwo({ operands }: CommandLine): void {
  if (operands.length !== 2) {
    const { needs, usage } = findCommand("diff")!;
    throw new DataError("RUN_OPTION_INVALID", {
      message: `dpo diff needs ${needs}`,
      hint: `Usage: dpo ${usage}`,
    });
  }
}
