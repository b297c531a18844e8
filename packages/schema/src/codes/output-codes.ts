import * as sources from "../sources.ts";
import type { CodeDefinition } from "./definition.ts";

/** Codes of the two outputs of a canonical line. */
export type OutputCode =
  | "OUTPUT_NOT_ARRAY"
  | "OUTPUT_EMPTY"
  | "OUTPUT_SEVERAL_MESSAGES"
  | "OUTPUT_ROLE_INVALID"
  | "OUTPUT_TOOL_MESSAGE"
  | "OUTPUT_NO_ASSISTANT"
  | "OUTPUT_WEIGHT"
  | "OUTPUT_NOTHING_TO_LEARN"
  | "OUTPUT_IDENTICAL";

export const outputCodes: Record<OutputCode, CodeDefinition> = {
  OUTPUT_NOT_ARRAY: {
    kind: "rule",
    severity: "error",
    title: "An output is not a list",
    meaning: "Each output is a list with exactly one assistant message.",
    fix: "Wrap the message in [ ]. `dpo validate --fix` does it where the output is an object.",
    example: '{"preferred_output":{"role":"assistant","content":"Hello"},…}',
    source: sources.openaiSchema,
  },
  OUTPUT_EMPTY: {
    kind: "rule",
    severity: "error",
    title: "An output has no message",
    meaning: "Each output is a list with exactly one assistant message.",
    fix: "Put the answer there, or remove the line.",
    example: '{"preferred_output":[],…}',
    source: sources.openaiGuide,
  },
  OUTPUT_SEVERAL_MESSAGES: {
    kind: "rule",
    severity: "error",
    title: "An output has more than one message",
    meaning: "OpenAI, Together and Fireworks take exactly one. Azure's documentation alone allows more.",
    fix: "Keep the last assistant message in the output; move what comes before it into input.messages if both share it.",
    example: '{"preferred_output":[assistant, assistant],…}',
    source: sources.openaiSchema,
  },
  OUTPUT_ROLE_INVALID: {
    kind: "rule",
    severity: "error",
    title: "A message of an output is not the assistant's",
    meaning: "The outputs are the answers of the assistant.",
    fix: 'Give it the role "assistant", or move it into input.messages.',
    example: '{"non_preferred_output":[{"role":"user","content":"Hi"}],…}',
    source: sources.openaiSchema,
  },
  OUTPUT_TOOL_MESSAGE: {
    kind: "rule",
    severity: "error",
    title: "An output holds a tool message",
    meaning: "Azure's documentation alone allows tool messages in the outputs.",
    fix: "Keep only the assistant message in the output.",
    example: '{"preferred_output":[assistant, tool, assistant],…}',
    source: sources.azureGuide,
  },
  OUTPUT_NO_ASSISTANT: {
    kind: "rule",
    severity: "error",
    title: "An output has no assistant message",
    meaning: "Azure wants at least one assistant message in each output, beside tool messages.",
    fix: "Add the assistant's answer.",
    example: '{"preferred_output":[tool],…}',
    source: sources.azureGuide,
  },
  OUTPUT_WEIGHT: {
    kind: "rule",
    severity: "error",
    title: "A message of an output has a weight",
    meaning: "A weight belongs to earlier assistant turns in the input only.",
    fix: "Remove it. `dpo validate --fix` does it.",
    example: '{"preferred_output":[{"role":"assistant","content":"Hello","weight":1}],…}',
    source: sources.openaiSchema,
  },
  OUTPUT_NOTHING_TO_LEARN: {
    kind: "rule",
    severity: "error",
    title: "An answer is empty",
    meaning:
      "It has no content, no tool call and no refusal, or only white space: there is nothing to learn.",
    fix: "Fill the answer, or remove the line.",
    example: '{"preferred_output":[{"role":"assistant","content":""}],…}',
    source: sources.openaiGuide,
  },
  OUTPUT_IDENTICAL: {
    kind: "rule",
    severity: "warning",
    title: "Both answers are the same",
    meaning:
      "They are equal after trimming white space and composing Unicode (NFC), so there is no preference to learn.",
    fix: "Remove the line, or put the answer that was meant.",
    example: '{"preferred_output":[{…"content":"Yes"}],"non_preferred_output":[{…"content":"Yes "}],…}',
    source: sources.identicalAnswers,
  },
};
