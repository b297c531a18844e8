import { shellWord } from "@dpo-kit/pipeline/options";
import { DataError } from "@dpo-kit/schema";
import type { CommandLine } from "../command-line/parse-command-line.ts";
import { suggestOutput } from "../command-line/suggest-output.ts";
import type { Terminal, TextStream } from "../terminal/terminal.ts";

/**
 * Where the lines of a conversion go: what `-o` says, else standard output if that is no terminal.
 * @throws RUN_OUTPUT_UNCLEAR with a suggestion named after the input.
 */
export function chooseOutput({ command, values, operands }: CommandLine, { out }: Terminal): string {
  if (typeof values.output === "string") {
    return values.output;
  }
  if (out.isTTY) {
    throw new DataError("RUN_OUTPUT_UNCLEAR", {
      hint: `dpo ${command} ${operands.map(shellWord).join(" ")} -o ${shellWord(suggestionFor(command, operands))}`,
    });
  }
  return "-";
}

function suggestionFor(command: CommandLine["command"], operands: readonly string[]): string {
  return command === "split" ? "out/" : suggestOutput(operands, command === "dedupe" ? "clean" : undefined);
}

const writers: ReadonlySet<string> = new Set(["convert", "dedupe", "split"]);

/** Whether the command writes data, and not its report, to standard output. */
export function dataOnStdout({ command, values }: CommandLine, { out }: Terminal): boolean {
  if (writers.has(command) && values.dryRun !== true) {
    return values.output === undefined ? !out.isTTY : values.output === "-";
  }
  return command === "validate" && values.output === "-";
}

/** Where the object of `--json` goes: standard output, unless that is taken by data. */
export function jsonStream(line: CommandLine, terminal: Terminal): TextStream {
  return dataOnStdout(line, terminal) ? terminal.err : terminal.out;
}
