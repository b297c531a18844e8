import type { CodeDefinition } from "./definition.ts";
import { type ExportLossCode, exportLossCodes } from "./export-loss-codes.ts";

export type { ExportLossCode };

/** Why an example is not in an export at all. */
export type ExportOmissionCode =
  | "EXPORT_OMITS_TOOL_CALLS"
  | "EXPORT_OMITS_FUNCTIONS"
  | "EXPORT_OMITS_ARGUMENTS"
  | "EXPORT_OMITS_CONVERSATIONS"
  | "EXPORT_OMITS_TURN_ORDER"
  | "EXPORT_OMITS_SYSTEM_TURNS"
  | "EXPORT_OMITS_EQUAL_ANSWERS"
  | "EXPORT_OMITS_REPEATED";

/** Codes of exports to trainers. */
export type ExportCode =
  | "EXPORT_TARGET_UNKNOWN"
  | "EXPORT_NOT_STRICT"
  | "EXPORT_EMPTY"
  | ExportLossCode
  | ExportOmissionCode;

const source = "docs/exports.md";

export const exportCodes: Record<ExportCode, CodeDefinition> = {
  EXPORT_TARGET_UNKNOWN: {
    kind: "usage",
    severity: "error",
    title: "There is no such target to export to",
    meaning: "Exports are named by the trainer or the form that reads them.",
    fix: "Choose one of docs/exports.md; dpo help export lists them too.",
    example: "dpo export pairs.jsonl --to torch -o out/",
    source,
  },
  EXPORT_NOT_STRICT: {
    kind: "refusal",
    severity: "error",
    title: "Something of the examples cannot be held by a target",
    meaning: "You asked for an error instead of a loss (--strict), so nothing was written.",
    fix: "Take out what the target cannot hold, choose another target, or leave --strict away.",
    example: "dpo export pairs.jsonl --to axolotl --strict -o out/, where pairs offer tools",
    source,
  },
  EXPORT_EMPTY: {
    kind: "refusal",
    severity: "error",
    title: "No example can be held by a target",
    meaning: "Each was left out for a reason that is counted, so that there is no file to train on.",
    fix: "Look at the reasons, and choose a target that holds such examples: docs/exports.md.",
    example: "dpo export chats.jsonl --to trl-standard -o out/, where every prompt has several turns",
    source,
  },
  ...exportLossCodes,
  EXPORT_OMITS_TOOL_CALLS: {
    kind: "dropped",
    severity: "warning",
    title: "The target has no place for calls of tools",
    meaning:
      "A conversation without its calls and their results is another one, and would train the wrong thing.",
    fix: "Export these to a target that holds calls: trl, openpipe, llama-factory, ms-swift.",
    example: 'a message with "tool_calls", exported to vertex',
    source,
  },
  EXPORT_OMITS_FUNCTIONS: {
    kind: "dropped",
    severity: "warning",
    title: "The target does not know function_call and messages of the role function",
    meaning: "Both were replaced by tool_calls and the role tool; chat templates do not have them.",
    fix: "Write the calls as tool_calls, and their results as messages of the role tool.",
    example: '{"role":"assistant","function_call":{"name":"f","arguments":"{}"}}, exported to trl',
    source: "https://github.com/openai/openai-openapi",
  },
  EXPORT_OMITS_ARGUMENTS: {
    kind: "dropped",
    severity: "warning",
    title: "The arguments of a call are not a JSON object",
    meaning: "The target takes arguments as an object, and this text is none.",
    fix: "Mend the arguments, or export to a target that takes them as text: sft, openpipe.",
    example: '"arguments":"{\\"city\\": "',
    source: "https://huggingface.co/docs/trl/dataset_formats",
  },
  EXPORT_OMITS_CONVERSATIONS: {
    kind: "dropped",
    severity: "warning",
    title: "More than one user's turn needs a chat template, which the target does not apply",
    meaning:
      "Plain text has no roles. Joining system message and turns in some way would train a form that no chat template gives.",
    fix: "Export to trl, whose trainer applies the model's own template.",
    example: "a prompt with a system message, exported to trl-standard",
    source: "https://huggingface.co/docs/trl/dataset_formats",
  },
  EXPORT_OMITS_TURN_ORDER: {
    kind: "dropped",
    severity: "warning",
    title: "The turns stand in an order that the target does not take",
    meaning:
      "Its loader would skip the row, with a warning at most: it wants user and assistant in turn, the user first and last.",
    fix: "Join consecutive turns of one role, or export to trl.",
    example: "two user's turns one after another, exported to llama-factory",
    source,
  },
  EXPORT_OMITS_SYSTEM_TURNS: {
    kind: "dropped",
    severity: "warning",
    title: "A system message stands behind the first turn",
    meaning: "The target has one place for it, in front of the conversation.",
    fix: "Move it to the front, or export to trl.",
    example: "user, system, user, exported to vertex",
    source,
  },
  EXPORT_OMITS_EQUAL_ANSWERS: {
    kind: "dropped",
    severity: "warning",
    title: "What the target can hold of the two answers is the same",
    meaning: "They differ only in what is lost, so that no preference is left to train on.",
    fix: "Export to a target that holds both: docs/exports.md tells what each keeps.",
    example: "a text and a refusal with the same words, exported to trl",
    source,
  },
  EXPORT_OMITS_REPEATED: {
    kind: "dropped",
    severity: "info",
    title: "The same prompt with the same answer is in the file already",
    meaning:
      "A preferred answer stands in several pairs where it was compared with several others; trained on once for each, it would weigh more.",
    fix: "Nothing must be done.",
    example: "one answer preferred to three others, exported to sft",
    source,
  },
};
