import { type RenderedText, type RenderedTurn, renderedText, type TurnRole } from "./rendered-text.ts";

/** A chat template that opens each turn with a header and ends it with a mark. */
interface TurnTemplate {
  /** What may stand in front of the first turn. */
  readonly begin: RegExp;
  /** The header of a turn, which names its role. */
  readonly header: RegExp;
  readonly end: string;
  /** What else may stand at the end of the text. */
  readonly endsText: readonly string[];
}

/**
 * The templates by their own documentation: ChatML (https://github.com/openai/openai-python/blob/v0.28.1/chatml.md),
 * Llama 3 (https://www.llama.com/docs/model-cards-and-prompt-formats/meta-llama-3/), Gemma
 * (https://ai.google.dev/gemma/docs/core/prompt-structure), Zephyr (https://huggingface.co/HuggingFaceH4/zephyr-7b-beta).
 */
const templates: readonly TurnTemplate[] = [
  {
    begin: /(?:<s>|<\|endoftext\|>)?/uy,
    header: /<\|im_start\|>(system|user|assistant)\n/uy,
    end: "<|im_end|>",
    endsText: ["<|endoftext|>", "</s>"],
  },
  {
    begin: /(?:<\|begin_of_text\|>)?/uy,
    header: /<\|start_header_id\|>(system|user|assistant)<\|end_header_id\|>\n\n/uy,
    end: "<|eot_id|>",
    endsText: ["<|end_of_text|>"],
  },
  {
    begin: /(?:<bos>)?/uy,
    header: /<start_of_turn>(user|model)\n/uy,
    end: "<end_of_turn>",
    endsText: ["<eos>"],
  },
  {
    begin: /(?:<s>)?/uy,
    header: /<\|(system|user|assistant)\|>\n/uy,
    end: "</s>",
    endsText: [],
  },
];

/** Reads a text that is wholly written in one chat template of headers and end marks; else undefined. */
export function parseTurnTemplate(text: string): RenderedText | undefined {
  for (const template of templates) {
    const turns = turnsOf(text, template);
    if (turns !== undefined) {
      return renderedText(turns, { kind: "template", endMarks: [template.end, ...template.endsText] });
    }
  }
  return undefined;
}

function turnsOf(text: string, { begin, header, end, endsText }: TurnTemplate): RenderedTurn[] | undefined {
  const turns: RenderedTurn[] = [];
  let at = matchAt(begin, text, 0)![0].length;
  while (at < text.length) {
    const opened = matchAt(header, text, at);
    if (opened === null) {
      return turns.length > 0 && isRest(text.slice(at), endsText) ? turns : undefined;
    }
    const start = at + opened[0].length;
    const closed = text.indexOf(end, start);
    const content = text.slice(start, closed === -1 ? text.length : closed);
    if (closed === -1 && mayHoldHeader(content, header)) {
      return undefined;
    }
    turns.push({ role: roleOf(opened[1]!), text: content });
    at = closed === -1 ? text.length : closed + end.length;
    // The line break between two turns belongs to the template.
    at += text[at] === "\n" ? 1 : 0;
  }
  return turns.length > 0 ? turns : undefined;
}

function roleOf(name: string): TurnRole {
  return name === "model" ? "assistant" : (name as TurnRole);
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** A turn without an end mark must be the last: another header behind it means that the template is another. */
function mayHoldHeader(content: string, header: RegExp): boolean {
  return new RegExp(header.source, "u").test(content);
}

function isRest(rest: string, marks: readonly string[]): boolean {
  return rest.trim() === "" || marks.includes(rest.trim());
}
