import { commandDescriptions, findCommand } from "../command-line/command-descriptions.ts";
import { overview } from "../help/overview.ts";
import { topicHelp } from "../help/topic-help.ts";
import { findTopic, helpTopics } from "../help/topics.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { visibleLine } from "../terminal/visible-text.ts";

/** `dpo help [command | topic]`, and `-h` after a command. Loads no more than it shows. */
export async function showHelp(name: string | undefined, { out, err }: Terminal): Promise<number> {
  if (name === undefined) {
    out.lines(overview(out));
    return 0;
  }
  const command = findCommand(name);
  if (command !== undefined) {
    const { commandHelp } = await import("../help/command-help.ts");
    out.lines(commandHelp(command, out));
    return 0;
  }
  const topic = findTopic(name);
  if (topic !== undefined) {
    out.lines(topicHelp(topic, out));
    return 0;
  }
  const known = [...commandDescriptions, ...helpTopics].map((page) => page.name);
  const { closestNames } = await import("@dpo-kit/pipeline/options");
  const [near] = closestNames(name, known, 1);
  err.lines([
    `${err.palette.error("error")}: There is no help for ${visibleLine(name)}`,
    near === undefined ? `There is: ${known.join(", ")}` : `Did you mean dpo help ${near}?`,
  ]);
  return 2;
}
