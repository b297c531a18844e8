import { type RenderedText, type RenderedTurn, renderedText, type TurnRole } from "./rendered-text.ts";

/** A heading that opens a turn: at the start, at a line's start, or in the middle of a line that is all template. */
const headings =
  /(^|\n{1,2}| ?)### (Instruction|Question|Human|User|Input|System|Response|Answer|Assistant):(?: ?\n| |$|(?=\S))/gu;

const roles: ReadonlyMap<string, TurnRole | "input"> = new Map<string, TurnRole | "input">([
  ["System", "system"],
  ["Instruction", "user"],
  ["Question", "user"],
  ["Human", "user"],
  ["User", "user"],
  ["Input", "input"],
  ["Response", "assistant"],
  ["Answer", "assistant"],
  ["Assistant", "assistant"],
]);

/** What Alpaca puts in front (https://github.com/tatsu-lab/stanford_alpaca). */
const preambles: readonly string[] = [
  "Below is an instruction that describes a task. Write a response that appropriately completes the request.",
  "Below is an instruction that describes a task, paired with an input that provides further context. Write a response that appropriately completes the request.",
];

/**
 * Reads a text whose turns are headings such as `### Instruction:` and `### Response:`, perhaps with Alpaca's
 * sentence in front. An `### Input:` becomes the second line of its instruction. Undefined for every other text.
 */
export function parseHashTemplate(text: string): RenderedText | undefined {
  const preamble = preambles.find((each) => text.startsWith(each)) ?? "";
  const body = preamble === "" ? text : text.slice(preamble.length).trimStart();
  const found = [...body.matchAll(headings)];
  if (found[0]?.index !== 0 || found.length < 2) {
    return undefined;
  }
  const turns: RenderedTurn[] = [];
  let joinedInput = false;
  for (const [index, heading] of found.entries()) {
    const content = body.slice(heading.index + heading[0].length, found[index + 1]?.index ?? body.length);
    const role = roles.get(heading[2]!)!;
    const last = turns.at(-1);
    if (role !== "input") {
      turns.push({ role, text: content });
    } else if (last?.role === "user") {
      joinedInput = content !== "";
      turns[turns.length - 1] = {
        role: "user",
        text: content === "" ? last.text : `${last.text}\n${content}`,
      };
    } else {
      return undefined;
    }
  }
  const alternates = turns.every(({ role }, index) => role !== turns[index - 1]?.role);
  return alternates ? renderedText(turns, { kind: "template", joinedInput, endMarks: ["</s>"] }) : undefined;
}
