import { closestNames, shellWord } from "@dpo-kit/pipeline/options";
import type { CommandDescription } from "../command-line/command-descriptions.ts";
import { suggestOutput } from "../command-line/suggest-output.ts";
import type { TextStyle } from "../terminal/terminal.ts";
import { visibleLine } from "../terminal/visible-text.ts";

/** What is said of a first word that is no command: the nearest one, or the command for what looks like a file. */
export function unknownCommandLines(
  name: string,
  commands: readonly CommandDescription[],
  { palette }: TextStyle,
): string[] {
  const names = commands.map((command) => command.name);
  const [near] = closestNames(name, names, 1);
  return [
    `${palette.error("error")}: There is no command ${visibleLine(name)}`,
    near !== undefined
      ? `Did you mean dpo ${near}?`
      : looksLikeInput(name)
        ? `To convert it: dpo convert ${shellWord(visibleLine(name))} -o ${shellWord(suggestOutput([visibleLine(name)]))}`
        : name.startsWith("-")
          ? `A command comes first: ${names.join(", ")}`
          : `Commands: ${names.join(", ")}`,
  ];
}

function looksLikeInput(word: string): boolean {
  return word === "-" || (!word.startsWith("-") && /[./\\*]/u.test(word));
}
