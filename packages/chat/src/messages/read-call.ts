import { memberJsonText } from "@dpo-kit/preference";
import type { JsonObject } from "@dpo-kit/schema";
import { firstText } from "../input/json-members.ts";
import type { ChatCall } from "../model/chat-node.ts";
import { carriedObject } from "./carried-items.ts";

const argumentKeys: readonly string[] = ["arguments", "args", "input"];

/**
 * Reads a call as model APIs and frameworks write it: OpenAI's `{id, function: {name, arguments}}`, the items of its
 * Responses API, Anthropic's `{id, name, input}`, LangChain's `{id, name, args}`, Vercel's `{toolCallId, toolName,
 * input}`, Gemini's `{functionCall: {name, args}}`. Undefined where no function is named.
 */
export function readCall(call: JsonObject): ChatCall | undefined {
  const called = carriedObject(call, "function", "functionCall", "function_call") ?? call;
  const name = firstText(called.name, called.toolName);
  if (name === undefined) {
    return undefined;
  }
  const id = firstText(call.call_id, call.toolCallId, call.id, called.id);
  return { ...(id === undefined ? {} : { id }), name, arguments: argumentsOf(called) };
}

/** A text as it is, anything else as JSON text. */
function argumentsOf(called: JsonObject): string {
  const key = argumentKeys.find((each) => Object.hasOwn(called, each) && called[each] !== null);
  if (key === undefined) {
    return "{}";
  }
  const given = called[key];
  return typeof given === "string" ? given : memberJsonText(called, key);
}
