import type { FunctionCall, JsonObject, JsonValue, ToolCall } from "@dpo-kit/schema";
import type { CallIds } from "./call-ids.ts";
import { carriedMember, memberJsonText } from "./carried-members.ts";
import { countRest } from "./message-content.ts";
import type { MessageReport } from "./message-report.ts";
import { parseStructuredText } from "./structured-text.ts";

/** Where calls are read and what they are told apart by. */
export interface CallContext {
  report: MessageReport;
  ids: CallIds;
  path: string;
}

/**
 * The calls under a message's `tool_calls`: a list of OpenAI's calls or bare `{name, arguments}`, or the JSON
 * of one. Arguments become JSON text, missing ids are invented, both counted.
 */
export function readToolCalls(message: JsonObject, context: CallContext): ToolCall[] | undefined {
  let calls = carriedMember(message, "tool_calls");
  if (typeof calls === "string") {
    calls = parseStructuredText(calls)?.value;
    context.report.changed("double-encoded-json");
  }
  if (!Array.isArray(calls)) {
    wrong(context, "a list of tool calls", message.tool_calls);
    return undefined;
  }
  return readCalls(calls, context);
}

/** The calls of a turn that is nothing but calls: the JSON, or Python, of one call or a list of them. */
export function readCallTurn(content: string, context: CallContext): ToolCall[] | undefined {
  const value = parseStructuredText(content)?.value;
  if (value === undefined) {
    wrong(context, '{"name":…,"arguments":…} as JSON', content);
    return undefined;
  }
  context.report.changed("function-call-to-tool-call");
  const calls = Array.isArray(value) ? value : [value];
  return readCalls(calls, context, true);
}

/** The deprecated `function_call` of a message: kept, with its arguments as text. */
export function readFunctionCall(message: JsonObject, context: CallContext): FunctionCall | undefined {
  const call = carriedMember(message, "function_call");
  return isObject(call) ? readFunction(call, context) : wrong(context, '{"name":…,"arguments":…}', call);
}

function readCalls(
  calls: readonly JsonValue[],
  context: CallContext,
  fromTurn = false,
): ToolCall[] | undefined {
  const read: ToolCall[] = [];
  for (const index of calls.keys()) {
    const call = carriedMember(calls, index);
    const within = { ...context, path: `${context.path}[${index}]` };
    const known = isObject(call) ? readCall(call, within, fromTurn) : wrong(within, "a tool call", call);
    if (known !== undefined) {
      read.push(known);
    } else if (context.report.full) {
      break;
    }
  }
  return read.length === calls.length && read.length > 0 ? read : undefined;
}

function readCall(call: JsonObject, context: CallContext, fromTurn: boolean): ToolCall | undefined {
  const wrapped = carriedMember(call, "function");
  const called = isObject(wrapped)
    ? readFunction(wrapped, context)
    : readFunction(call, context, ["id", "type"]);
  if (called === undefined) {
    return undefined;
  }
  const isStandard = isObject(wrapped) && call.type === "function";
  if (!isStandard && !fromTurn) {
    context.report.changed("tool-call-wrapped");
  }
  if (isObject(wrapped)) {
    countRest(call, ["id", "type", "function"], context.report);
  }
  return { id: readId(call.id, called.name, context), type: "function", function: called };
}

function readId(id: JsonValue | undefined, name: string, { ids, report }: CallContext): string {
  const known = typeof id === "string" && id !== "" ? id : ids.invent();
  if (known !== id) {
    report.changed("tool-call-id-invented");
  }
  ids.opened(known, name);
  return known;
}

const argumentKeys = ["arguments", "args", "parameters", "input"];

function readFunction(
  call: JsonObject,
  context: CallContext,
  beside: readonly string[] = [],
): FunctionCall | undefined {
  const { name } = call;
  if (typeof name !== "string" || name === "") {
    return wrong(context, "a function's name", name);
  }
  const key = argumentKeys.find((each) => call[each] !== undefined && call[each] !== null);
  countRest(call, ["name", key ?? "arguments", ...beside], context.report);
  return { name, arguments: readArguments(call, key, context.report) };
}

function readArguments(call: JsonObject, key: string | undefined, report: MessageReport): string {
  const value = key === undefined ? undefined : call[key];
  if (typeof value === "string") {
    return value;
  }
  report.changed("arguments-to-string");
  return key === undefined ? "{}" : memberJsonText(call, key);
}

function wrong({ report, path }: CallContext, expected: string, found: unknown): undefined {
  report.wrong("PAIR_MESSAGE_INVALID", path, { expected, found });
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
