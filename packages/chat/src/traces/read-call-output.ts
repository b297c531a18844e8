import { carriedMember } from "@dpo-kit/preference";
import type { JsonObject, JsonValue } from "@dpo-kit/schema";
import { isObject } from "../input/file-sample.ts";
import { parseJsonText } from "../input/parse-json-text.ts";
import { carriedItems } from "../messages/carried-items.ts";
import { readCall } from "../messages/read-call.ts";
import { readMessageList } from "../messages/read-message-list.ts";
import { readTools } from "../messages/read-tools.ts";
import type { MessageNode } from "../model/chat-node.ts";
import { finishStatus } from "./finish-status.ts";
import { systemMessages } from "./read-call-input.ts";

/** What a model answered, and what the response repeats of the request. */
export interface CallOutput {
  readonly messages: readonly MessageNode[];
  readonly system: readonly MessageNode[];
  /** As JSON text. */
  readonly tools?: string | undefined;
}

/**
 * Reads what an application or a library got: a message, a list of them, the response of a model API, a text; each
 * also as a JSON text. Undefined where it is no answer, or where it holds several to choose from.
 */
export function readCallOutput(value: JsonValue | undefined): CallOutput | undefined {
  const output = parseJsonText(value);
  // A model that was asked for JSON answers with a text that is some JSON.
  const isText = typeof value === "string" && value !== "";
  const read = readAnswer(output, MAXIMUM_WRAPPERS) ?? (isText ? textMessage(value) : undefined);
  if (read === undefined) {
    return undefined;
  }
  const status = finishStatus(output);
  const response = isObject(output) ? output : {};
  const tools = readTools(carriedMember(response, "tools"));
  return {
    messages: status === undefined ? read : read.map((node) => ({ ...node, status })),
    system: systemMessages(response),
    ...(tools === undefined ? {} : { tools }),
  };
}

function textMessage(text: string): MessageNode[] | undefined {
  return text === "" ? undefined : readMessageList(text, { prefix: "o", textRole: "assistant" });
}

/** Responses, lists of answers and answers that lie in each other are no more than these. */
const MAXIMUM_WRAPPERS = 12;

function readAnswer(value: JsonValue | undefined, depth: number): MessageNode[] | undefined {
  if (typeof value === "string") {
    return textMessage(value);
  }
  if (depth === 0) {
    return undefined;
  }
  return Array.isArray(value)
    ? readList(value, depth)
    : isObject(value)
      ? readResponse(value, depth)
      : undefined;
}

function readList(list: JsonValue[], depth: number): MessageNode[] | undefined {
  const items = carriedItems(list);
  return readMessageList(items, { prefix: "o" }) ?? readCalls(items) ?? readOnly(items, depth);
}

/** The calls of Vercel's AI SDK stand in a list by themselves. */
function readCalls(items: readonly JsonValue[]): MessageNode[] | undefined {
  const calls = items.map((item) => (isObject(item) && "toolName" in item ? readCall(item) : undefined));
  return calls.length > 0 && calls.every((call) => call !== undefined)
    ? [{ id: "o-0", role: "assistant", content: "", toolCalls: calls }]
    : undefined;
}

/** Of several answers to one call nobody knows which one is meant. */
function readOnly(items: readonly JsonValue[], depth: number): MessageNode[] | undefined {
  return items.length === 1 ? readAnswer(items[0], depth - 1) : undefined;
}

/** The members of a response that hold a list of answers: of OpenAI's, Gemini's and LangChain's. */
const listKeys: readonly string[] = ["choices", "candidates", "generations"];

/** The members under which one answer stands, in the order in which they are looked for. */
const answerKeys: readonly string[] = [
  "message",
  "messages",
  "output",
  "content",
  "answer",
  "text",
  "response",
  "result",
  "output_text",
];

function readResponse(response: JsonObject, depth: number): MessageNode[] | undefined {
  const list = listKeys.find((key) => Array.isArray(response[key]));
  if (list !== undefined) {
    return readOnly(carriedItems(carriedMember(response, list)), depth);
  }
  const alone = readMessageList(response, { prefix: "o" });
  return alone ?? readParts(response) ?? readMember(response, depth);
}

/** Gemini's content may lack its role. */
function readParts(response: JsonObject): MessageNode[] | undefined {
  const parts = carriedMember(response, "parts");
  return Array.isArray(parts) ? readMessageList({ role: "assistant", parts }, { prefix: "o" }) : undefined;
}

function readMember(response: JsonObject, depth: number): MessageNode[] | undefined {
  for (const key of answerKeys) {
    const member = Object.hasOwn(response, key) ? parseJsonText(carriedMember(response, key)) : undefined;
    const read = readAnswer(member, depth - 1);
    if (read !== undefined) {
      return read;
    }
  }
  return undefined;
}
