import { DataError } from "@dpo-kit/schema";
import { findCommand } from "../command-line/command-descriptions.ts";
import type { CommandLine } from "../command-line/parse-command-line.ts";

/**
 * The operands of a command that needs at least one.
 * @throws RUN_OPTION_INVALID with the usage of the command when there is none.
 */
export function requireOperands({ command, operands }: CommandLine): readonly string[] {
  if (operands.length === 0) {
    const { usage, needs, examples } = findCommand(command)!;
    throw new DataError("RUN_OPTION_INVALID", {
      message: `dpo ${command} needs ${needs}`,
      hint: `Usage: dpo ${usage}\nFor instance: ${examples[0]!.run}`,
    });
  }
  return operands;
}

/**
 * Refuses operands where a command takes none.
 * @throws RUN_OPTION_INVALID
 */
export function refuseOperands({ command, operands }: CommandLine): void {
  if (operands.length > 0) {
    throw new DataError("RUN_OPTION_INVALID", {
      message: `dpo ${command} takes no ${JSON.stringify(operands[0])}`,
      hint: `Usage: dpo ${findCommand(command)!.usage}`,
    });
  }
}
