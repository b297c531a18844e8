import * as sources from "../sources.ts";
import type { CodeDefinition } from "./definition.ts";
import { type FileCode, fileCodes } from "./file-codes.ts";
import { type MessageCode, messageCodes } from "./message-codes.ts";
import { type OutputCode, outputCodes } from "./output-codes.ts";
import { type ToolCode, toolCodes } from "./tool-codes.ts";

/** Codes of canonical lines and files: the canonical schema and the rules of the providers. */
export type LineCode = WholeLineCode | MessageCode | OutputCode | ToolCode | FileCode;

type WholeLineCode =
  | "LINE_INVALID_JSON"
  | "LINE_NOT_OBJECT"
  | "LINE_MISSING_KEY"
  | "LINE_EXTRA_KEY"
  | "LINE_OLD_NAMES"
  | "LINE_SHAPE_SFT"
  | "LINE_SHAPE_TRL"
  | "LINE_SHAPE_OTHER"
  | "LINE_WRONG_TYPE"
  | "LINE_LONE_SURROGATE"
  | "INPUT_MESSAGES_NOT_ARRAY"
  | "INPUT_MESSAGES_EMPTY"
  | "INPUT_NO_USER"
  | "INPUT_ENDS_WITH_ASSISTANT"
  | "INPUT_EARLIER_TURNS"
  | "INPUT_NOT_ONE_TURN"
  | "INPUT_SYSTEM_LATE"
  | "INPUT_ROLES_NOT_ALTERNATING"
  | "INPUT_CONTENT_MIXED";

const wholeLineCodes: Record<WholeLineCode, CodeDefinition> = {
  LINE_INVALID_JSON: {
    kind: "malformed",
    severity: "error",
    title: "The line is not valid JSON",
    meaning: "Each line must be one complete JSON object.",
    fix: "Mend the line at the column given.",
    example: '{"input": {"messages": [}',
    source: sources.jsonLines,
  },
  LINE_NOT_OBJECT: {
    kind: "rule",
    severity: "error",
    title: "The line is JSON, but not an object",
    meaning: "Every line is one object with input, preferred_output and non_preferred_output.",
    fix: "Write one object on each line. `dpo validate --fix` turns a JSON array into lines.",
    example: '["a line", "that is a list"]',
    source: sources.openaiArrayRefused,
  },
  LINE_MISSING_KEY: {
    kind: "rule",
    severity: "error",
    title: "A key that every line needs is missing",
    meaning: "A line needs input with messages, preferred_output and non_preferred_output.",
    fix: "Add the key, or convert the file first if it is in another format: dpo convert FILE -o train.jsonl",
    example: '{"input":{"messages":[…]},"preferred_output":[…]}',
    source: sources.openaiGuide,
  },
  LINE_EXTRA_KEY: {
    kind: "rule",
    severity: "error",
    title: "There is a key that the format does not have",
    meaning: "Services fail the whole job on unknown keys; an id or metadata cannot stay on the line.",
    fix: "Remove the key. `dpo validate --fix` removes known metadata; --fix-drop-unknown removes the rest.",
    example: '{"id":7,"input":{…},"preferred_output":[…],"non_preferred_output":[…]}',
    source: sources.openaiExtraKey,
  },
  LINE_OLD_NAMES: {
    kind: "rule",
    severity: "error",
    title: "A key has a name that the format does not use",
    meaning:
      "OpenAI's published schema said preferred_completion until 2025-05-20; the service takes preferred_output.",
    fix: "Rename it to preferred_output or non_preferred_output. `dpo validate --fix` does it.",
    example: '{"input":{…},"preferred_completion":[…],"non_preferred_completion":[…]}',
    source: sources.openaiChatSchema,
  },
  LINE_SHAPE_SFT: {
    kind: "rule",
    severity: "error",
    title: "This is a line for supervised fine-tuning",
    meaning: "It holds one answer. A preference needs two, of which one is better.",
    fix: "Use a supervised job for this file, or make a file with a prompt, a better and a worse answer in each row: a CSV with the columns prompt, chosen and rejected will do.",
    example: '{"messages":[{"role":"user","content":"Hi"},{"role":"assistant","content":"Hello"}]}',
    source: sources.openaiSupervisedGuide,
  },
  LINE_SHAPE_TRL: {
    kind: "rule",
    severity: "error",
    title: "This is a row for Hugging Face TRL",
    meaning: "It has chosen and rejected answers: a preference, in another shape.",
    fix: "Convert it: dpo convert FILE -o train.jsonl",
    example: '{"prompt":"Hi","chosen":"Hello","rejected":"What"}',
    source: sources.trlFormats,
  },
  LINE_SHAPE_OTHER: {
    kind: "rule",
    severity: "error",
    title: "This line is in another known format",
    meaning: "It is recognised by its keys, and is not the format that these providers take.",
    fix: "Convert it: dpo convert FILE -o train.jsonl",
    example: '{"messages":[…],"rejected_response":"…"}',
    source: sources.openaiGuide,
  },
  LINE_WRONG_TYPE: {
    kind: "rule",
    severity: "error",
    title: "A value is not of the type it must have",
    meaning: "The format says for each key whether it holds text, a list, an object, or true or false.",
    fix: "Write the value as the type expected.",
    example: '{"input":{"messages":[…],"parallel_tool_calls":"yes"},…}',
    source: sources.openaiSchema,
  },
  LINE_LONE_SURROGATE: {
    kind: "rule",
    severity: "error",
    title: "A text holds half a character",
    meaning:
      "An unpaired UTF-16 surrogate cannot be written as UTF-8; several parsers abort the file on one.",
    fix: "Repair the text where it was cut in the middle of a character.",
    example: '{"role":"user","content":"smile \\ud83d"}',
    source: sources.unicodeSurrogates,
  },
  INPUT_MESSAGES_NOT_ARRAY: {
    kind: "rule",
    severity: "error",
    title: "input.messages is not a list",
    meaning: "The conversation is a list of messages, even if it has only one.",
    fix: "Wrap the message in [ ]. `dpo validate --fix` does it.",
    example: '{"input":{"messages":{"role":"user","content":"Hi"}},…}',
    source: sources.openaiSchema,
  },
  INPUT_MESSAGES_EMPTY: {
    kind: "rule",
    severity: "error",
    title: "input.messages is empty",
    meaning: "The answers need something to reply to.",
    fix: "Put the prompt into input.messages, or remove the line.",
    example: '{"input":{"messages":[]},…}',
    source: sources.openaiSchema,
  },
  INPUT_NO_USER: {
    kind: "rule",
    severity: "error",
    title: "No message of the input is the user's",
    meaning: "Both answers reply to a user; a system message alone is no prompt.",
    fix: 'Give the message that is the prompt the role "user".',
    example: '{"input":{"messages":[{"role":"system","content":"Be brief."}]},…}',
    source: sources.openaiGuide,
  },
  INPUT_ENDS_WITH_ASSISTANT: {
    kind: "rule",
    severity: "error",
    title: "The input ends with an assistant message",
    meaning: "The answers are the last assistant turn; the input is what comes before it.",
    fix: "Move that message into preferred_output or non_preferred_output, or remove it.",
    example:
      '{"input":{"messages":[{"role":"user","content":"Hi"},{"role":"assistant","content":"Hello"}]},…}',
    source: sources.openaiGuide,
  },
  INPUT_EARLIER_TURNS: {
    kind: "rule",
    severity: "info",
    title: "Earlier assistant turns are context and are not trained",
    meaning: "Only the last turn, the two answers, is trained on.",
    fix: "Nothing is wrong. Make one line of each turn to train on them too.",
    example: '{"input":{"messages":[user, assistant, user]},…}',
    source: sources.openaiGuide,
  },
  INPUT_NOT_ONE_TURN: {
    kind: "rule",
    severity: "error",
    title: "The input is not exactly one user message",
    meaning: "Beside system messages, the provider's check takes exactly one message, and it is the user's.",
    fix: "Leave lines with a longer conversation out of the file for this provider.",
    example: '{"input":{"messages":[user, assistant, user]},…}',
    source: sources.fireworksCheck,
  },
  INPUT_SYSTEM_LATE: {
    kind: "rule",
    severity: "error",
    title: "A system message comes after the conversation has begun",
    meaning: "The provider's check takes system messages only before the first user message.",
    fix: "Move the system message to the front.",
    example: '{"input":{"messages":[user, system]},…}',
    source: sources.fireworksCheck,
  },
  INPUT_ROLES_NOT_ALTERNATING: {
    kind: "rule",
    severity: "error",
    title: "Two messages in a row have the same role",
    meaning: "The provider's check takes no two consecutive messages of one role.",
    fix: "Join the two messages into one.",
    example: '{"input":{"messages":[user, user]},…}',
    source: sources.togetherCheck,
  },
  INPUT_CONTENT_MIXED: {
    kind: "rule",
    severity: "error",
    title: "Some messages have text and some have lists of parts",
    meaning: "The provider's check wants the content of all input messages in the same form.",
    fix: "Write the content of every input message as text.",
    example:
      '[{"role":"system","content":"Be brief."},{"role":"user","content":[{"type":"text","text":"Hi"}]}]',
    source: sources.togetherCheck,
  },
};

export const lineCodes: Record<LineCode, CodeDefinition> = {
  ...wholeLineCodes,
  ...messageCodes,
  ...outputCodes,
  ...toolCodes,
  ...fileCodes,
};
