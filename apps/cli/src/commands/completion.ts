import { didYouMean } from "@dpo-kit/pipeline/options";
import { DataError } from "@dpo-kit/schema";
import { bashCompletion } from "../completion/bash.ts";
import { completionModel } from "../completion/completion-model.ts";
import { fishCompletion } from "../completion/fish.ts";
import { shells } from "../completion/shells.ts";
import { zshCompletion } from "../completion/zsh.ts";
import type { Command } from "./command.ts";
import { requireOperands } from "./require-operands.ts";

const scripts: ReadonlyMap<string, (model: ReturnType<typeof completionModel>) => string> = new Map([
  ["bash", bashCompletion],
  ["zsh", zshCompletion],
  ["fish", fishCompletion],
]);

/** `dpo completion`: a script for a shell, to standard output. */
export const run: Command = async (line, { terminal }) => {
  const [shell] = requireOperands(line);
  const script = scripts.get(shell!);
  if (script === undefined || line.operands.length > 1) {
    throw new DataError("RUN_OPTION_INVALID", {
      message: `dpo completion takes one of ${shells.join(", ")}, not ${JSON.stringify(line.operands.join(" "))}`,
      hint: didYouMean(shell!, shells) || "Usage: dpo completion bash",
    });
  }
  terminal.out.write(script(completionModel()));
  return 0;
};
