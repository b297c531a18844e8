import { optionsOf } from "@dpo-kit/pipeline/options";
import type { CommandDescription } from "../command-line/command-descriptions.ts";
import { wrapText } from "../terminal/fit-text.ts";
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
    ...optionRows(command).flatMap((row) => optionLines(row, width)),
  ];
}

function exampleLines(
  { run, does }: CommandDescription["examples"][number],
  { palette }: TextStyle,
): string[] {
  return [`  ${palette.faint(`# ${does}`)}`, `  ${palette.hint(run)}`];
}

/** Where the meanings begin; a longer flag has its meaning on the next line. */
const MEANING_AT = 30;

function optionLines([syntax, meaning]: OptionRow, width: number): string[] {
  const lines = wrapText(meaning, width - MEANING_AT).map((line) => " ".repeat(MEANING_AT) + line);
  const flag = `  ${syntax}`;
  return flag.length + 2 > MEANING_AT
    ? [flag, ...lines]
    : [flag.padEnd(MEANING_AT) + lines[0]!.trimStart(), ...lines.slice(1)];
}

type OptionRow = readonly [syntax: string, meaning: string];

function optionRows({ name }: CommandDescription): OptionRow[] {
  const declared = isOptionCommand(name) ? optionsOf(name) : [];
  return [
    ...declared.map((option): OptionRow => [optionSyntax(option), optionMeaning(option)]),
    ["-h, --help", "Show this help"],
  ];
}
