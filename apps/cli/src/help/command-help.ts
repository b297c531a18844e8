import { optionsOf } from "@dpo-kit/pipeline/options";
import type { CommandDescription } from "../command-line/command-descriptions.ts";
import { wrapText } from "../terminal/fit-text.ts";
import { formatTable } from "../terminal/table.ts";
import type { TextStyle } from "../terminal/terminal.ts";
import { isOptionCommand } from "./option-commands.ts";
import { optionMeaning, optionSyntax } from "./option-lines.ts";

/** The help of one command: examples first, options as they are declared. */
export function commandHelp(command: CommandDescription, style: TextStyle): string[] {
  const { palette, width } = style;
  return [
    `${command.summary}.`,
    "",
    `${palette.strong("Usage:")} dpo ${command.usage}`,
    "",
    palette.strong("Examples:"),
    ...command.examples.flatMap((example) => exampleLines(example, style)),
    ...command.detail.flatMap((paragraph) => ["", ...wrapText(paragraph, width)]),
    "",
    palette.strong("Options:"),
    ...formatTable(optionRows(command), { indent: 2, width }),
  ];
}

function exampleLines(
  { run, does }: CommandDescription["examples"][number],
  { palette }: TextStyle,
): string[] {
  return [`  ${palette.faint(`# ${does}`)}`, `  ${palette.hint(run)}`];
}

function optionRows({ name }: CommandDescription): string[][] {
  const declared = isOptionCommand(name) ? optionsOf(name) : [];
  return [
    ...declared.map((option) => [optionSyntax(option), optionMeaning(option)]),
    ["-h, --help", "Show this help"],
  ];
}
