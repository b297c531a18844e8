import { memberJsonText, roleOf } from "@dpo-kit/preference";
import type { JsonObject, JsonValue } from "@dpo-kit/schema";
import { isObject } from "../input/file-sample.ts";
import type { ChatCall, ChatNodeInput, MessageNode } from "../model/chat-node.ts";
import { readMessageContent } from "./read-message-content.ts";

/**
 * Reads a list of messages as model APIs and frameworks write them: OpenAI's, Anthropic's blocks, LangChain's
 * `kwargs`, ShareGPT's `from` and `value`; or one message; or a text, which is then of the role `textRole`.
 * Undefined where it is none of these. Ids are `<prefix>-0`, `<prefix>-1` and so on.
 */
export function readMessageList(
  value: JsonValue | undefined,
  { prefix, textRole = "user" }: { prefix: string; textRole?: "user" | "assistant" },
): MessageNode[] | undefined {
  if (typeof value === "string") {
    return [{ id: `${prefix}-0`, role: textRole, content: value }];
  }
  const list = Array.isArray(value) ? value : isObject(value) ? [value] : [];
  const nodes = list.map((message, index) => readListed(message, `${prefix}-${index}`));
  return nodes.length > 0 && nodes.every((node) => node !== undefined) ? nodes : undefined;
}

function readListed(value: JsonValue, id: string): MessageNode | undefined {
  if (!isObject(value)) {
    return undefined;
  }
  // LangChain writes what it serialises as {"lc":1,"type":"constructor","id":[…],"kwargs":{…}}.
  const message = isObject(value.kwargs) ? value.kwargs : value;
  const role = roleIn(message) ?? constructorRole(value);
  if (role === undefined) {
    return undefined;
  }
  const { parts, calls } = readMessageContent(message.content ?? message.value ?? message.text);
  const toolCalls = [...calls, ...callsIn(message)];
  const answered = message.tool_call_id;
  return {
    id,
    role,
    content: parts,
    ...(toolCalls.length > 0 && role === "assistant" ? { toolCalls } : {}),
    ...(typeof answered === "string" ? { toolCallId: answered } : {}),
  };
}

function roleIn(message: JsonObject): ChatNodeInput["role"] | undefined {
  const name = [message.role, message.from, message.type].find((each) => typeof each === "string");
  const role = typeof name === "string" ? roleOf(name) : undefined;
  if (role === "function") {
    return "tool";
  }
  return role === "function-call" ? "assistant" : role;
}

const constructorRoles: ReadonlyMap<string, ChatNodeInput["role"]> = new Map([
  ["SystemMessage", "system"],
  ["HumanMessage", "user"],
  ["AIMessage", "assistant"],
  ["AIMessageChunk", "assistant"],
  ["ToolMessage", "tool"],
]);

function constructorRole({ id }: JsonObject): ChatNodeInput["role"] | undefined {
  const name = Array.isArray(id) ? id.at(-1) : undefined;
  return typeof name === "string" ? constructorRoles.get(name) : undefined;
}

/** Calls as OpenAI writes them, `{id, function: {name, arguments}}`, and as LangChain does, `{id, name, args}`. */
function callsIn({ tool_calls: calls, function_call: single }: JsonObject): ChatCall[] {
  const list = Array.isArray(calls) ? calls.filter(isObject) : [];
  const read = [...list, ...(isObject(single) ? [{ function: single }] : [])].map(readCall);
  return read.filter((call) => call !== undefined);
}

function readCall(call: JsonObject): ChatCall | undefined {
  const called = isObject(call.function) ? call.function : call;
  const key = Object.hasOwn(called, "arguments") ? "arguments" : "args";
  const given = called[key];
  return typeof called.name === "string"
    ? {
        ...(typeof call.id === "string" ? { id: call.id } : {}),
        name: called.name,
        arguments:
          typeof given === "string" ? given : given === undefined ? "{}" : memberJsonText(called, key),
      }
    : undefined;
}
