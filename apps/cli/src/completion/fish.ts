import type { CompletionCommand, CompletionFlag } from "./completion-model.ts";

/** A completion script for fish. */
export function fishCompletion(commands: readonly CompletionCommand[]): string {
  return [
    "# dpo completion for fish; load it with: dpo completion fish | source",
    "complete -c dpo -f",
    ...commands.map(
      ({ name, description }) =>
        `complete -c dpo -n __fish_use_subcommand -a ${name} -d ${quote(description)}`,
    ),
    ...commands.flatMap(commandLines),
    "",
  ].join("\n");
}

function commandLines({ name, flags, operands }: CompletionCommand): string[] {
  const start = `complete -c dpo -n ${quote(`__fish_seen_subcommand_from ${name}`)}`;
  return [
    ...flags.map((flag) => `${start} ${flagArguments(flag)}`),
    ...operandArguments(operands).map((rest) => `${start} ${rest}`),
  ];
}

function flagArguments({ flag, short, description, value }: CompletionFlag): string {
  const names = `-l ${flag.slice(2)}${short === undefined ? "" : ` -s ${short.slice(1)}`}`;
  return `${names}${valueArguments(value)} -d ${quote(description)}`;
}

function valueArguments(value: CompletionFlag["value"]): string {
  switch (value) {
    case "none":
      return "";
    case "path":
      return " -r -F";
    case "text":
      return " -x";
    default:
      return ` -x -a ${quote(value.join(" "))}`;
  }
}

function operandArguments(operands: CompletionCommand["operands"]): string[] {
  switch (operands) {
    case "none":
      return [];
    case "path":
      return ["-F"];
    default:
      return [`-a ${quote(operands.join(" "))}`];
  }
}

function quote(text: string): string {
  return `'${text.replace(/\\/gu, "\\\\").replace(/'/gu, "\\'")}'`;
}
