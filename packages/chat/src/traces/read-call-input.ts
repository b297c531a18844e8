import { carriedMember } from "@dpo-kit/preference";
import { isBlank, type JsonObject, type JsonValue } from "@dpo-kit/schema";
import { isObject } from "../input/file-sample.ts";
import { firstText } from "../input/json-members.ts";
import { parseJsonText } from "../input/parse-json-text.ts";
import { carriedItems, carriedObject } from "../messages/carried-items.ts";
import { readMessageList } from "../messages/read-message-list.ts";
import { readTools } from "../messages/read-tools.ts";
import type { MessageNode } from "../model/chat-node.ts";

/** What a model was given. */
export interface CallInput {
  readonly messages: readonly MessageNode[];
  /** As JSON text. */
  readonly tools?: string | undefined;
}

/** The members of a request under which the messages stand, in the order in which they are looked for. */
const messageKeys: readonly string[] = [
  "messages",
  "contents",
  "prompts",
  "prompt",
  "input",
  "kwargs",
  "args",
];

/** The members in which applications most often keep a question that is nothing but a text. */
const questionKeys: readonly string[] = [...messageKeys, "query", "question", "text"];

/** The members of a request that are instructions: of OpenAI's Responses API, Anthropic's and Gemini's. */
const systemKeys: readonly string[] = ["instructions", "system", "system_instruction", "systemInstruction"];

/** The beginning of a text that was meant to be JSON, or a Python value, and could not be parsed: it is no question. */
const brokenJson = /^\s*(?:\{\s*["']|\[\s*["'{[])/u;

/**
 * Reads what an application or a library sent, whatever it is: a list of messages, the request of a model API, the
 * arguments of a Python function, a question; each also as a JSON text. Undefined where there are no messages in it.
 */
export function readCallInput(value: JsonValue | undefined): CallInput | undefined {
  return readWrapped(value, MAXIMUM_WRAPPERS);
}

/** Requests, batches and arguments that lie in each other around the messages are no more than these. */
const MAXIMUM_WRAPPERS = 8;

function readWrapped(value: JsonValue | undefined, depth: number): CallInput | undefined {
  const input = depth === 0 ? undefined : parseJsonText(value);
  if (typeof input === "string") {
    return isBlank(input) || brokenJson.test(input)
      ? undefined
      : { messages: readMessageList(input, { prefix: "i" })! };
  }
  return Array.isArray(input)
    ? readList(input, depth)
    : isObject(input)
      ? readRequest(input, depth)
      : undefined;
}

function readList(list: JsonValue[], depth: number): CallInput | undefined {
  const items = carriedItems(list);
  // LangChain sends several lists of messages at once, and almost always one.
  if (items.length === 1 && (Array.isArray(items[0]) || typeof items[0] === "string")) {
    return readWrapped(items[0], depth - 1);
  }
  // Langfuse's handler for LangChain puts the definitions of tools behind the messages.
  const definitions = items.filter(isDefinition);
  const messages = readMessageList(
    items.filter((item) => !isDefinition(item)),
    { prefix: "i" },
  );
  const tools = readTools(definitions.map((item) => (item as JsonObject).content!));
  return messages && { messages, ...(tools === undefined ? {} : { tools }) };
}

function isDefinition(item: JsonValue): boolean {
  return isObject(item) && item.role === "tool" && isObject(item.content) && item.content.type === "function";
}

function readRequest(request: JsonObject, depth: number): CallInput | undefined {
  const alone = readMessageList(request, { prefix: "i" });
  if (alone !== undefined && Object.hasOwn(request, "role")) {
    return { messages: alone };
  }
  const read = readMember(request, depth);
  if (read === undefined) {
    return undefined;
  }
  const config = carriedObject(request, "config", "kwargs") ?? {};
  const tools = [request, config].map((each) => readTools(carriedMember(each, "tools"))).find(Boolean);
  const system = [request, config].flatMap(systemMessages);
  return {
    messages: [...system, ...read.messages],
    ...(read.tools === undefined && tools === undefined ? {} : { tools: read.tools ?? tools }),
  };
}

function readMember(request: JsonObject, depth: number): CallInput | undefined {
  for (const key of Object.keys(request).length === 1 ? questionKeys : messageKeys) {
    const member = Object.hasOwn(request, key) ? carriedMember(request, key) : undefined;
    const read = readWrapped(member, depth - 1);
    if (read !== undefined) {
      return read;
    }
  }
  return undefined;
}

/** The instructions of a request, as the message that they are. */
export function systemMessages(request: JsonObject): MessageNode[] {
  const key = systemKeys.find((each) => request[each] !== null && request[each] !== undefined);
  const given = key === undefined ? undefined : parseJsonText(carriedMember(request, key));
  const parts = isObject(given) && Array.isArray(given.parts) ? given.parts : given;
  const text = Array.isArray(parts)
    ? parts
        .map((part) => (isObject(part) ? (firstText(part.text, part.content) ?? "") : String(part)))
        .join("")
    : parts;
  return typeof text === "string" && text.trim() !== "" ? [{ id: "s", role: "system", content: text }] : [];
}
