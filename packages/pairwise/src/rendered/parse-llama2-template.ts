import { type RenderedText, type RenderedTurn, renderedText } from "./rendered-text.ts";

const instruction = /(?:<s>)?\s*\[INST\] ?(?:<<SYS>>\n?([\s\S]*?)\n?<<\/SYS>>\n*)?([\s\S]*?) ?\[\/INST\] ?/uy;
const answerEnd = /<\/s>\s*|(?=<s>\s*\[INST\]|\[INST\])/gu;

/**
 * Reads a text in the template of Llama 2 and the first Mistral models: `[INST] question [/INST] answer </s>`,
 * with the system message in `<<SYS>>` (https://github.com/meta-llama/llama). Undefined for every other text.
 */
export function parseLlama2Template(text: string): RenderedText | undefined {
  if (!/^(?:<s>)?\s*\[INST\]/u.test(text)) {
    return undefined;
  }
  const turns: RenderedTurn[] = [];
  for (let at = 0; at < text.length; ) {
    instruction.lastIndex = at;
    const asked = instruction.exec(text);
    if (asked === null) {
      return undefined;
    }
    at += asked[0].length;
    if (asked[1] !== undefined && asked[1] !== "") {
      turns.push({ role: "system", text: asked[1] });
    }
    turns.push({ role: "user", text: asked[2]! });
    answerEnd.lastIndex = at;
    const ended = answerEnd.exec(text);
    const end = ended?.index ?? text.length;
    const answer = text.slice(at, end);
    // One space in front of the end mark is the template's.
    turns.push({ role: "assistant", text: ended?.[0] ? answer.replace(/ $/u, "") : answer });
    at = ended === null ? text.length : end + ended[0].length;
  }
  return renderedText(turns, { kind: "template", endMarks: ["</s>"] });
}
