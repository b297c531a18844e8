import { carriedMember, roleOf } from "@dpo-kit/preference";
import type { JsonObject, JsonValue } from "@dpo-kit/schema";
import { isObject } from "../input/file-sample.ts";
import { firstText } from "../input/json-members.ts";
import type { ChatCall, ChatNodeInput, MessageNode } from "../model/chat-node.ts";
import { carriedItems, carriedObject } from "./carried-items.ts";
import { readCall } from "./read-call.ts";
import { readMessageContent, resultText } from "./read-message-content.ts";
import { splitTurn, type TurnStep } from "./split-turn.ts";

/**
 * Reads a list of messages as model APIs and frameworks write them: OpenAI's, the items of its Responses API,
 * Anthropic's blocks, Gemini's and OpenTelemetry's parts, LangChain's `kwargs`, ShareGPT's `from` and `value`; or one
 * message; or a text, which is then of the role `textRole`. Undefined where it is none of these. Ids are
 * `<prefix>-0`, `<prefix>-1` and so on; a message that holds calls and their results becomes several.
 */
export function readMessageList(
  value: JsonValue | undefined,
  { prefix, textRole = "user" }: { prefix: string; textRole?: "user" | "assistant" },
): MessageNode[] | undefined {
  if (typeof value === "string") {
    return [{ id: `${prefix}-0`, role: textRole, content: value }];
  }
  const list = Array.isArray(value) ? carriedItems(value) : isObject(value) ? [value] : [];
  const read = list.map((message, index) => readListed(message, `${prefix}-${index}`));
  return read.length > 0 && read.every((nodes) => nodes !== undefined) ? read.flat() : undefined;
}

function readListed(value: JsonValue, id: string): MessageNode[] | undefined {
  if (!isObject(value)) {
    return undefined;
  }
  // LangChain writes what it serialises as {"lc":1,"type":"constructor","id":[…],"kwargs":{…}}, or with {"data":{…}}.
  const message = carriedObject(value, "kwargs", "data") ?? value;
  const role = roleIn(message) ?? roleIn(value) ?? constructorRole(value);
  if (role === undefined) {
    return undefined;
  }
  const steps = role === "tool" ? stepsOfResult(message) : [...stepsOf(message), ...callsIn(message)];
  return splitTurn(steps, { id, role }).map(({ parent: _, ...node }) => node);
}

const contentKeys: readonly string[] = ["content", "parts", "value", "text", "summary"];

function stepsOf(message: JsonObject): TurnStep[] {
  const key = contentKeys.find((each) => Object.hasOwn(message, each) && message[each] !== null);
  if (key === undefined) {
    return [];
  }
  const content = message[key];
  const steps = readMessageContent(Array.isArray(content) ? listIn(message, key) : content);
  return message.type === "reasoning" ? steps.map(asReasoning) : steps;
}

function listIn(message: JsonObject, key: string): JsonValue {
  return (carriedMember(message, key) ?? []) as JsonValue;
}

function asReasoning(step: TurnStep): TurnStep {
  return step.kind === "text" ? { ...step, kind: "reasoning" } : step;
}

/** The message of a tool: what it gave, or several results as parts. */
function stepsOfResult(message: JsonObject): TurnStep[] {
  const results = stepsOf(message).filter(({ kind }) => kind === "result");
  const callId = firstText(message.tool_call_id, message.call_id, message.tool_use_id);
  return results.length > 0 ? results : [{ kind: "result", callId, text: resultText(message) }];
}

function roleIn(message: JsonObject): ChatNodeInput["role"] | undefined {
  const name = firstText(message.role, message.from, message.type);
  // An item of OpenAI's Responses API.
  if (name === "function_call_output") {
    return "tool";
  }
  const role = name === "reasoning" ? "assistant" : roleOf(name ?? "");
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

/** Calls beside the content. LangChain may write the same ones twice, once as OpenAI does. */
function callsIn(message: JsonObject): TurnStep[] {
  const extra = carriedObject(message, "additional_kwargs");
  const calls = [...listedCalls(message), ...(message.type === "function_call" ? [message] : [])];
  const found = calls.length > 0 || extra === undefined ? calls : listedCalls(extra);
  return found
    .map(readCall)
    .flatMap((call: ChatCall | undefined) => (call === undefined ? [] : [{ kind: "call", call } as const]));
}

function listedCalls(message: JsonObject): JsonObject[] {
  const single = carriedObject(message, "function_call");
  const listed = carriedItems(listIn(message, "tool_calls")).filter(isObject);
  return single === undefined ? listed : [...listed, single];
}
