import { commandDescriptions } from "../command-line/command-descriptions.ts";
import { formatTable } from "../terminal/table.ts";
import type { TextStyle } from "../terminal/terminal.ts";
import { helpTopics } from "./topics.ts";

/** What `dpo --help` shows. */
export function overview({ palette, width }: TextStyle): string[] {
  return [
    "Preference data of any shape to DPO training files.",
    "",
    `${palette.strong("Usage:")} dpo <command> [options]`,
    "",
    palette.strong("Start here:"),
    `  ${palette.hint("dpo convert feedback.csv -o train.jsonl")}`,
    `  ${palette.hint("dpo validate train.jsonl")}`,
    "",
    palette.strong("Commands:"),
    ...formatTable(
      commandDescriptions.map(({ name, summary }) => [name, summary]),
      { indent: 2, width },
    ),
    "",
    palette.strong("Topics:"),
    ...formatTable(
      helpTopics.map(({ name, summary }) => [`help ${name}`, summary]),
      { indent: 2, width },
    ),
    "",
    "-h after any command shows its options; --version shows the version.",
  ];
}
