import type { LineCode } from "./codes/index.ts";
import { asList, isObject, type UnknownObject } from "./rules/line-parts.ts";

/** The formats of fine-tuning data that a line is recognised as. */
export type KnownShape =
  | "dpo"
  | "old-names"
  | "vertex"
  | "nova"
  | "ms-swift"
  | "openpipe"
  | "nemo-rl"
  | "axolotl"
  | "llama-factory"
  | "trl-explicit"
  | "trl-implicit"
  | "kto"
  | "sharegpt"
  | "prompt-completion"
  | "sft";

/** What a line looks like, and what to do with a file of such lines. */
export interface RecognisedShape {
  shape: KnownShape;
  /** Its name, as it follows "This is": `a row for Hugging Face TRL with its own prompt`. */
  title: string;
  advice: string;
  /** The code that reports it; missing for the canonical format and for lines that only need new names. */
  code?: LineCode;
}

interface ShapeDefinition extends RecognisedShape {
  matches: (line: UnknownObject) => boolean;
}

const CONVERT = "Convert it: dpo convert FILE -o train.jsonl";
const ONE_ANSWER =
  "It holds one answer a prompt, and a preference needs two. Use it for a supervised job, or make a file with a prompt, a better and a worse answer in each row: a CSV with the columns prompt, chosen and rejected will do.";

/** In the order in which they are tried: what has more telling keys comes first. */
const shapes: readonly ShapeDefinition[] = [
  {
    shape: "dpo",
    title: "a line for DPO",
    advice: "Nothing is to be done.",
    matches: (line) => has(line, "input", "preferred_output", "non_preferred_output"),
  },
  {
    shape: "old-names",
    title: "a line for DPO with other names for the outputs",
    advice: "Rename the keys: dpo validate FILE --fix -o fixed.jsonl",
    matches: (line) =>
      has(line, "input") &&
      (has(line, "preferred_completion") ||
        has(line, "non_preferred_completion") ||
        (isObject(line.input) && has(line, "chosen", "rejected"))),
  },
  {
    shape: "vertex",
    title: "a preference line for Google's Gemini models",
    advice: CONVERT,
    code: "LINE_SHAPE_OTHER",
    matches: (line) => hasLists(line, "contents", "completions"),
  },
  {
    shape: "nova",
    title: "a preference line for Amazon Nova",
    advice: CONVERT,
    code: "LINE_SHAPE_OTHER",
    matches: (line) => {
      const last = asList(line.messages).at(-1);
      return isObject(last) && Array.isArray(last.candidates);
    },
  },
  {
    shape: "ms-swift",
    title: "a preference line for ms-swift or Simplismart",
    advice: CONVERT,
    code: "LINE_SHAPE_OTHER",
    matches: (line) =>
      hasLists(line, "messages") && (has(line, "rejected_response") || has(line, "rejected_messages")),
  },
  {
    shape: "openpipe",
    title: "a preference line for OpenPipe",
    advice: CONVERT,
    code: "LINE_SHAPE_OTHER",
    matches: (line) => hasLists(line, "messages") && has(line, "rejected_message"),
  },
  {
    shape: "nemo-rl",
    title: "a preference line for NVIDIA NeMo RL",
    advice: CONVERT,
    code: "LINE_SHAPE_OTHER",
    matches: (line) => hasLists(line, "context", "completions"),
  },
  {
    shape: "axolotl",
    title: "a preference row for Axolotl",
    advice: CONVERT,
    code: "LINE_SHAPE_OTHER",
    matches: (line) => hasLists(line, "messages") && has(line, "chosen", "rejected"),
  },
  {
    shape: "llama-factory",
    title: "a preference row for LLaMA-Factory",
    advice: CONVERT,
    code: "LINE_SHAPE_OTHER",
    matches: (line) =>
      has(line, "chosen", "rejected") && (has(line, "conversations") || has(line, "instruction")),
  },
  {
    shape: "trl-explicit",
    title: "a row for Hugging Face TRL with its own prompt",
    advice: CONVERT,
    code: "LINE_SHAPE_TRL",
    matches: (line) => has(line, "prompt", "chosen", "rejected"),
  },
  {
    shape: "trl-implicit",
    title: "a row for Hugging Face TRL whose prompt is inside both answers",
    advice: CONVERT,
    code: "LINE_SHAPE_TRL",
    matches: (line) => has(line, "chosen", "rejected"),
  },
  {
    shape: "kto",
    title: "a row of unpaired feedback (KTO)",
    advice:
      "One answer with a good or bad mark is half a preference. Rows of one prompt with both marks make pairs.",
    code: "LINE_SHAPE_OTHER",
    matches: (line) => has(line, "prompt", "completion") && typeof line.label === "boolean",
  },
  {
    shape: "sharegpt",
    title: "a ShareGPT conversation, for supervised fine-tuning",
    advice: ONE_ANSWER,
    code: "LINE_SHAPE_SFT",
    matches: (line) => hasLists(line, "conversations"),
  },
  {
    shape: "prompt-completion",
    title: "a prompt with its completion, for supervised fine-tuning",
    advice: ONE_ANSWER,
    code: "LINE_SHAPE_SFT",
    matches: (line) => has(line, "prompt", "completion") || has(line, "instruction", "output"),
  },
  {
    shape: "sft",
    title: "a line for supervised fine-tuning",
    advice: ONE_ANSWER,
    code: "LINE_SHAPE_SFT",
    matches: (line) => hasLists(line, "messages"),
  },
];

/**
 * Says which known format of fine-tuning data a parsed line has, by its keys; undefined if none.
 * Shapes as their makers document them, among others https://huggingface.co/docs/trl/dataset_formats,
 * https://github.com/modelscope/ms-swift and https://docs.nvidia.com/nemo/rl.
 */
export function recogniseShape(value: unknown): RecognisedShape | undefined {
  if (!isObject(value)) {
    return undefined;
  }
  const known = shapes.find(({ matches }) => matches(value));
  if (known === undefined) {
    return undefined;
  }
  const { matches: _, ...shape } = known;
  return shape;
}

function has(line: UnknownObject, ...keys: string[]): boolean {
  return keys.every((key) => Object.hasOwn(line, key));
}

function hasLists(line: UnknownObject, ...keys: string[]): boolean {
  return keys.every((key) => Array.isArray(line[key]));
}
