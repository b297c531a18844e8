import * as sources from "../sources.ts";
import type { CodeDefinition } from "./definition.ts";

/** Codes of one message of a canonical line. */
export type MessageCode =
  | "MESSAGE_MISSING_KEY"
  | "MESSAGE_EXTRA_KEY"
  | "MESSAGE_ROLE_INVALID"
  | "MESSAGE_ROLE_DEVELOPER"
  | "MESSAGE_ROLE_NOT_TAKEN"
  | "MESSAGE_CONTENT_INVALID"
  | "MESSAGE_PART_INVALID"
  | "MESSAGE_PART_NOT_TAKEN"
  | "MESSAGE_NOT_TEXT"
  | "MESSAGE_NO_CONTENT"
  | "MESSAGE_CONTENT_NULL"
  | "MESSAGE_CONTENT_EMPTY"
  | "MESSAGE_WEIGHT_INVALID"
  | "MESSAGE_RESERVED_TOKEN";

export const messageCodes: Record<MessageCode, CodeDefinition> = {
  MESSAGE_MISSING_KEY: {
    kind: "rule",
    severity: "error",
    title: "A key that this message needs is missing",
    meaning:
      "Every message needs a role; system, user, tool and function messages need content; a tool message needs tool_call_id.",
    fix: "Add the key.",
    example: '{"content":"Hi"}',
    source: sources.openaiSchema,
  },
  MESSAGE_EXTRA_KEY: {
    kind: "rule",
    severity: "error",
    title: "A message has a key that its role does not have",
    meaning: "Services check messages against a closed schema and fail the whole job on unknown keys.",
    fix: "Remove the key. `dpo validate --fix --fix-drop-unknown` does it.",
    example: '{"role":"user","content":"Hi","timestamp":1}',
    source: sources.openaiSchema,
  },
  MESSAGE_ROLE_INVALID: {
    kind: "rule",
    severity: "error",
    title: "The role is not one that the input of a line may have",
    meaning: "Roles are system, user, assistant, tool and function.",
    fix: "Write the standard name of the role: human is user, gpt, bot and model are assistant.",
    example: '{"role":"human","content":"Hi"}',
    source: sources.openaiSchema,
  },
  MESSAGE_ROLE_DEVELOPER: {
    kind: "rule",
    severity: "error",
    title: "The role developer is not in the schema of preference lines",
    meaning: "Only chat requests and reinforcement fine-tuning know it; no provider documents it for DPO.",
    fix: 'Use the role "system". `dpo validate --fix` does it.',
    example: '{"role":"developer","content":"Be brief."}',
    source: sources.openaiSchema,
  },
  MESSAGE_ROLE_NOT_TAKEN: {
    kind: "rule",
    severity: "error",
    title: "The provider does not take messages of this role",
    meaning: "The role is valid in the format, and the provider's own check refuses it.",
    fix: "Leave lines with such messages out of the file for this provider.",
    example: '{"role":"tool","tool_call_id":"call_1","content":"21 °C"}',
    source: sources.togetherCheck,
  },
  MESSAGE_CONTENT_INVALID: {
    kind: "rule",
    severity: "error",
    title: "The content is neither text nor a list of parts",
    meaning:
      "Content is text or a list of at least one text part; only an assistant's may be null, beside tool calls.",
    fix: "Write the content as text.",
    example: '{"role":"user","content":42}',
    source: sources.openaiSchema,
  },
  MESSAGE_PART_INVALID: {
    kind: "rule",
    severity: "error",
    title: "A part of the content is not of a known shape",
    meaning:
      'A part is {"type":"text","text":"…"}. An assistant may instead have exactly one {"type":"refusal","refusal":"…"}.',
    fix: "Write the part in that shape.",
    example: '{"role":"user","content":[{"text":"Hi"}]}',
    source: sources.openaiSchema,
  },
  MESSAGE_PART_NOT_TAKEN: {
    kind: "rule",
    severity: "error",
    title: "The provider does not take parts of this type",
    meaning: "The provider's check knows text and images, and no refusal parts.",
    fix: "Write the refusal as the text of the answer.",
    example: '{"role":"assistant","content":[{"type":"refusal","refusal":"I cannot help with that."}]}',
    source: sources.togetherCheck,
  },
  MESSAGE_NOT_TEXT: {
    kind: "rule",
    severity: "error",
    title: "The content holds an image, a sound or a file",
    meaning: "DPO is supported for text only.",
    fix: "Remove the part, or leave the line out.",
    example: '{"role":"user","content":[{"type":"image_url","image_url":{"url":"https://…"}}]}',
    source: sources.openaiGuide,
  },
  MESSAGE_NO_CONTENT: {
    kind: "rule",
    severity: "error",
    title: "An assistant message has no content and no tool call",
    meaning: "Content may be left out or null only beside tool_calls, function_call or refusal.",
    fix: "Fill the content, or remove the message.",
    example: '{"role":"assistant","content":null}',
    source: sources.openaiSchema,
  },
  MESSAGE_CONTENT_NULL: {
    kind: "rule",
    severity: "error",
    title: "The provider does not take a message without content",
    meaning: "The provider's check wants content on every message, also beside tool calls.",
    fix: "Leave such lines out of the file for this provider.",
    example: '{"role":"assistant","content":null,"tool_calls":[…]}',
    source: sources.togetherCheck,
  },
  MESSAGE_CONTENT_EMPTY: {
    kind: "rule",
    severity: "error",
    title: "The content is empty",
    meaning: "The provider's check wants content that is not empty on every message and answer.",
    fix: "Fill the content, or leave the line out of the file for this provider.",
    example: '{"role":"user","content":""}',
    source: sources.fireworksCheck,
  },
  MESSAGE_WEIGHT_INVALID: {
    kind: "rule",
    severity: "error",
    title: "A weight is neither 0 nor 1",
    meaning: "The weight of an earlier assistant turn is the number 0 or 1.",
    fix: "Write 0 or 1, or remove the weight.",
    example: '{"role":"assistant","content":"Hello","weight":0.5}',
    source: sources.openaiSchema,
  },
  MESSAGE_RESERVED_TOKEN: {
    kind: "rule",
    severity: "warning",
    title: "A text holds a reserved token",
    meaning:
      "Tokens such as <|im_start|> or <|endoftext|> are special to tokenizers; a job was refused for one late.",
    fix: "Remove the chat template's marks from the text if they are not meant.",
    example: '{"role":"user","content":"a<|fim_suffix|>b"}',
    source: sources.openaiReservedToken,
  },
};
