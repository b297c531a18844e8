import { optionsOf } from "@dpo-kit/pipeline/options";
import { issueCodes, targets } from "@dpo-kit/schema";
import { commandDescriptions } from "../command-line/command-descriptions.ts";
import { flagsOf } from "../command-line/parse-command-line.ts";
import { isOptionCommand } from "../help/option-commands.ts";
import { helpTopics } from "../help/topics.ts";
import { shells } from "./shells.ts";

/** A flag as shells complete it. */
export interface CompletionFlag {
  /** `--output` */
  readonly flag: string;
  /** `-o` */
  readonly short?: string;
  readonly description: string;
  /** What follows it: nothing, a path, one of these words, or any text. */
  readonly value: "none" | "path" | "text" | readonly string[];
}

/** A command as shells complete it. */
export interface CompletionCommand {
  readonly name: string;
  readonly description: string;
  readonly flags: readonly CompletionFlag[];
  /** What its operands are: paths, one of these words, or nothing. */
  readonly operands: "path" | "none" | readonly string[];
}

/** Everything that can be completed, from the declarations. */
export function completionModel(): CompletionCommand[] {
  return commandDescriptions.map(({ name, summary, operands }) => ({
    name,
    description: summary,
    flags: [...commandFlags(name), { flag: "--help", short: "-h", description: "Show help", value: "none" }],
    operands: operandWords(operands),
  }));
}

function commandFlags(command: string): CompletionFlag[] {
  const options = isOptionCommand(command) ? optionsOf(command) : [];
  return options.flatMap((option) =>
    flagsOf([option]).map((flag) => ({
      flag,
      ...(option.short === undefined ? {} : { short: `-${option.short}` }),
      description: option.description,
      value: valueKind(option),
    })),
  );
}

function valueKind({ type, choices }: ReturnType<typeof optionsOf>[number]): CompletionFlag["value"] {
  switch (type) {
    case "flag":
      return "none";
    case "path":
    case "paths":
      return "path";
    case "targets":
      return targets.map(({ id }) => id);
    default:
      return choices ?? "text";
  }
}

function operandWords(
  operands: (typeof commandDescriptions)[number]["operands"],
): CompletionCommand["operands"] {
  switch (operands) {
    case "files":
      return "path";
    case "shells":
      return shells;
    case "codes":
      return Object.keys(issueCodes).sort();
    case "commands":
      return [...commandDescriptions.map(({ name }) => name), ...helpTopics.map(({ name }) => name)];
    default:
      return "none";
  }
}
