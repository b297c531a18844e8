import { wrapText } from "../terminal/fit-text.ts";
import { formatTable } from "../terminal/table.ts";
import type { TextStyle } from "../terminal/terminal.ts";
import type { HelpTopic } from "./topics.ts";

/** A topic as a terminal shows it. */
export function topicHelp({ summary, body }: HelpTopic, { palette, width }: TextStyle): string[] {
  return [
    palette.strong(summary),
    ...body.flatMap((part) => [
      "",
      ...(typeof part === "string" ? wrapText(part, width) : formatTable(part, { indent: 2, width })),
    ]),
  ];
}
