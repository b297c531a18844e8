import type { CodeDefinition } from "./definition.ts";

/** What is lost of an example in an export, or becomes another thing. */
export type ExportLossCode =
  | "EXPORT_LOSES_OTHER_ANSWER"
  | "EXPORT_LOSES_PAIRING"
  | "EXPORT_LOSES_PARALLEL_CALLS"
  | "EXPORT_LOSES_TOOLS"
  | "EXPORT_LOSES_NAMES"
  | "EXPORT_LOSES_WEIGHTS"
  | "EXPORT_LOSES_REFUSALS"
  | "EXPORT_LOSES_CONTENT_PARTS"
  | "EXPORT_LOSES_NULL_CONTENT"
  | "EXPORT_LOSES_ARGUMENT_TEXT"
  | "EXPORT_LOSES_ARGUMENT_TYPE"
  | "EXPORT_LOSES_CALL_IDS"
  | "EXPORT_LOSES_CALL_TEXT"
  | "EXPORT_LOSES_CALL_TURNS"
  | "EXPORT_LOSES_RESULT_TURNS"
  | "EXPORT_LOSES_SYSTEM_TURNS";

const formats = "https://huggingface.co/docs/trl/dataset_formats";
const openai = "https://github.com/openai/openai-openapi";
const llamaFactory = "https://github.com/hiyouga/LLaMA-Factory/blob/main/data/README.md";

/** A loss removes nothing but what it names; each is counted once an example. */
function loss(text: Omit<CodeDefinition, "kind" | "severity">): CodeDefinition {
  return { kind: "note", severity: "warning", ...text };
}

export const exportLossCodes: Record<ExportLossCode, CodeDefinition> = {
  EXPORT_LOSES_OTHER_ANSWER: loss({
    title: "The answer that is not preferred is not in the file",
    meaning: "Supervised training has one answer to a prompt.",
    fix: "Nothing must be done: it is what the target is.",
    example: "any pair, exported to sft",
    source: "https://developers.openai.com/api/docs/guides/supervised-fine-tuning",
  }),
  EXPORT_LOSES_PAIRING: loss({
    title: "Which answer was compared with which is not in the file",
    meaning: "Unpaired training takes each answer by itself, as good or bad: a row for each.",
    fix: "Nothing must be done: it is what the target is.",
    example: "any pair, exported to kto",
    source: formats,
  }),
  EXPORT_LOSES_PARALLEL_CALLS: loss({
    title: "parallel_tool_calls is not in the file",
    meaning: "It is false: the assistant was to make one call at a time. Open trainers have no such setting.",
    fix: "Say it in the system message, if the model is to know.",
    example: '{"input":{"messages":[…],"tools":[…],"parallel_tool_calls":false}, …}, exported to trl',
    source: openai,
  }),
  EXPORT_LOSES_TOOLS: loss({
    title: "The definitions of tools are not in the file",
    meaning: "None of them is called in the example; the model trains without having seen them offered.",
    fix: "Export to a target that holds tools: trl, openpipe, llama-factory, ms-swift.",
    example: '{"input":{"messages":[…],"tools":[…]}, …}, exported to axolotl',
    source: formats,
  }),
  EXPORT_LOSES_NAMES: loss({
    title: "The names of participants are not in the file",
    meaning: "A message's name tells participants of one role apart; chat templates do not have it.",
    fix: "Put the name into the text, if the model is to know.",
    example: '{"role":"user","name":"Ann","content":"Hi"}, exported to trl',
    source: openai,
  }),
  EXPORT_LOSES_WEIGHTS: loss({
    title: "The weights of earlier assistant turns are not in the file",
    meaning: "Preference training looks at the last turn only, so that most trainers need none.",
    fix: "Nothing must be done.",
    example: '{"role":"assistant","content":"Hello","weight":0} in the input',
    source: openai,
  }),
  EXPORT_LOSES_REFUSALS: loss({
    title: "Refusals are ordinary text in the file",
    meaning:
      "The target has no refusal of its own. One that stands by itself becomes the text of the message; of a message with text the refusal is left out.",
    fix: "Nothing must be done, if the model is to refuse in these words.",
    example: '{"role":"assistant","content":null,"refusal":"I cannot help with that."}, exported to trl',
    source: openai,
  }),
  EXPORT_LOSES_CONTENT_PARTS: loss({
    title: "Parts of a message's content are one text in the file",
    meaning:
      "They are joined with nothing between; where one ended and the next began is not known any more.",
    fix: "Nothing must be done: chat templates join them too.",
    example: '{"role":"user","content":[{"type":"text","text":"Hi"}]}, exported to trl',
    source: formats,
  }),
  EXPORT_LOSES_NULL_CONTENT: loss({
    title: "Content that is null or missing is an empty text in the file",
    meaning: "A message that only calls tools has none; many templates and checks fail on null.",
    fix: "Nothing must be done.",
    example: '{"role":"assistant","content":null,"tool_calls":[…]}, exported to trl',
    source: formats,
  }),
  EXPORT_LOSES_ARGUMENT_TEXT: loss({
    title: "Arguments of calls are objects in the file, without the white space of their text",
    meaning: "Their values, the digits of numbers and the order of keys stay as they were.",
    fix: "Nothing must be done: chat templates write arguments in their own way.",
    example: '"arguments":"{\\"city\\": \\"Rome\\"}" becomes "arguments":{"city":"Rome"}',
    source: formats,
  }),
  EXPORT_LOSES_ARGUMENT_TYPE: loss({
    title: "Arguments of calls are JSON text in a Parquet file, not objects",
    meaning:
      "A column has one type, and the arguments of different functions have not. Some chat templates write a text with quotes around it.",
    fix: "Export JSON Lines, where arguments are objects, or parse them before the template is applied.",
    example: "dpo export pairs.jsonl --to trl --parquet, where answers call tools",
    source: formats,
  }),
  EXPORT_LOSES_CALL_IDS: loss({
    title: "The ids of tool calls are not in the file",
    meaning: "Results belong to calls by their order alone.",
    fix: "Nothing must be done where results stand in the order of their calls.",
    example: '"id":"call_abc", exported to llama-factory',
    source: llamaFactory,
  }),
  EXPORT_LOSES_CALL_TEXT: loss({
    title: "Text beside calls of tools is not in the file",
    meaning: "A turn of the target is text or calls; of a turn with both the calls are kept.",
    fix: "Export to trl or openpipe, which hold both.",
    example: '{"role":"assistant","content":"Let me see.","tool_calls":[…]}, exported to llama-factory',
    source: llamaFactory,
  }),
  EXPORT_LOSES_CALL_TURNS: loss({
    title: "Text and calls of one turn are turns of their own in the file",
    meaning: "The target has a message for each; its trainer joins those that follow one another.",
    fix: "Nothing must be done.",
    example: "two calls in one message, exported to ms-swift",
    source: "https://swift.readthedocs.io/en/latest/Instruction/Agent-support.html",
  }),
  EXPORT_LOSES_RESULT_TURNS: loss({
    title: "Results of several calls are one turn in the file",
    meaning: "The target takes one observation after a turn with calls; the results are joined by line ends.",
    fix: "Export to trl, which holds each by itself.",
    example: "two messages of the role tool one after another, exported to llama-factory",
    source: llamaFactory,
  }),
  EXPORT_LOSES_SYSTEM_TURNS: loss({
    title: "Several system messages are one in the file",
    meaning: "The target has one place for them; they are joined by line ends, or stand in it as parts.",
    fix: "Nothing must be done.",
    example: "two system messages at the start, exported to vertex",
    source: "docs/exports.md",
  }),
};
