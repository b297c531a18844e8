import type { CommandName } from "@dpo-kit/pipeline/options";
import type { CommandLine } from "./command-line/parse-command-line.ts";
import { jsonStream } from "./commands/output-choice.ts";
import { errorLines, exitCodeOf } from "./report/error-lines.ts";
import { errorJson, jsonLine } from "./report/json-report.ts";
import type { Environment } from "./terminal/capabilities.ts";
import type { Terminal } from "./terminal/terminal.ts";

/** What is known of a command that failed. */
export interface FailedCommand {
  name: CommandName;
  words: readonly string[];
  /** Absent where the words could not be understood. */
  line: CommandLine | undefined;
  env: Environment;
  terminal: Terminal;
}

/** Prints a failure, as JSON if that was asked for, and gives its exit code. */
export function reportFailure(error: unknown, failed: FailedCommand): number {
  const { name, words, line, env, terminal } = failed;
  const exitCode = exitCodeOf(error);
  if (words.includes("--json")) {
    const stream = jsonStream(line ?? roughLine(name, words), terminal);
    stream.write(jsonLine(errorJson(name, exitCode, error)));
  } else {
    terminal.err.lines(errorLines(error, { trace: env.DPO_DEBUG === "1" }, terminal.err));
  }
  return exitCode;
}

/** Enough of a line that was not understood to know where its JSON belongs. */
function roughLine(command: CommandName, words: readonly string[]): CommandLine {
  const at = words.findIndex((word) => word === "-o" || word === "--output");
  const joined = words.find((word) => word.startsWith("--output="))?.slice("--output=".length);
  const output = joined ?? (at === -1 ? undefined : words[at + 1]);
  return {
    command,
    operands: [],
    values: { ...(output === undefined ? {} : { output }), dryRun: words.includes("--dry-run") },
  };
}
