import type { PushOutcome } from "@dpo-kit/pipeline/node";
import { DataError } from "@dpo-kit/schema";
import { findCommand } from "../command-line/command-descriptions.ts";
import type { CommandLine } from "../command-line/parse-command-line.ts";
import { pushRequest } from "../command-line/requests.ts";
import { jsonLine, resultJson } from "../report/json-report.ts";
import { pushReport } from "../report/push-report.ts";
import { visibleCopy } from "../terminal/visible-text.ts";
import { version } from "../version.ts";
import type { Command, CommandContext } from "./command.ts";
import { requireOperands } from "./require-operands.ts";
import { watchRun } from "./run-environment.ts";

/** `dpo push`: what was pushed, to standard output. */
export const run: Command = async (line, context) => {
  requireDestination(line);
  const { pushFiles } = await import("@dpo-kit/pipeline/node");
  const watched = watchRun(line, context);
  try {
    const outcome = await pushFiles(pushRequest(line, `dpo-kit ${version()}`), watched.environment);
    watched.finish();
    report(outcome, { line, context, elapsed: watched.elapsed() });
    return outcome.exitCode;
  } finally {
    watched.finish();
  }
};

function requireDestination(line: CommandLine): void {
  const operands = requireOperands(line);
  const last = operands.at(-1)!;
  if (operands.length === 1 || !last.startsWith("hf://")) {
    const { needs, usage } = findCommand("push")!;
    throw new DataError("RUN_OPTION_INVALID", {
      message: `dpo push needs ${needs}`,
      hint: `Usage: dpo ${usage}`,
    });
  }
}

function report(
  outcome: PushOutcome,
  { line, context, elapsed }: { line: CommandLine; context: CommandContext; elapsed: number },
): void {
  const { out } = context.terminal;
  if (line.values.json === true) {
    out.write(jsonLine(resultJson({ ...outcome, elapsedSeconds: Math.round(elapsed) / 1000 })));
    return;
  }
  const isQuiet = line.values.quiet === true;
  if (!isQuiet || !outcome.ok) {
    out.lines(pushReport(visibleCopy(outcome), elapsed, out));
  }
}
