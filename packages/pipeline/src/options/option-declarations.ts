import { chatOptions } from "./chat-options.ts";
import { checkingOptions } from "./checking-options.ts";
import { exportOptions } from "./export-options.ts";
import type { CommandName, OptionDeclaration } from "./option-declaration.ts";
import { pairOptions } from "./pair-options.ts";
import { pushOptions } from "./push-options.ts";
import { reducingOptions } from "./reducing-options.ts";
import { reportingOptions } from "./reporting-options.ts";
import { runningOptions } from "./running-options.ts";
import { sourceOptions } from "./source-options.ts";
import { statsOptions } from "./stats-options.ts";
import { tuneOptions } from "./tune-options.ts";
import { writingOptions } from "./writing-options.ts";

const output: OptionDeclaration = {
  name: "output",
  type: "path",
  short: "o",
  placeholder: "<path>",
  description:
    "Where to write: a .jsonl file (also .jsonl.gz, .jsonl.zst), a folder, or - for standard output",
  commands: ["convert", "validate", "dedupe", "split", "init", "export", "tune"],
};

/** Every option of every command, each declared once. A test fails on a second meaning. */
export const optionDeclarations: readonly OptionDeclaration[] = [
  output,
  ...sourceOptions,
  ...pairOptions,
  ...chatOptions,
  ...statsOptions,
  ...reducingOptions,
  ...writingOptions,
  ...exportOptions,
  ...pushOptions,
  ...tuneOptions,
  ...runningOptions,
  ...checkingOptions,
  ...reportingOptions,
];

/** The options of one command, in the order of help. */
export function optionsOf(command: CommandName): OptionDeclaration[] {
  return optionDeclarations.filter((option) => option.commands.includes(command));
}
