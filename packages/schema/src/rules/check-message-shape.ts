import type { LineCode } from "../codes/index.ts";
import { memberPath } from "../json-path.ts";
import { checkAssistantContent, checkTextContent } from "./check-content-shape.ts";
import { checkFunctionCall, checkToolCalls } from "./check-tool-shape.ts";
import { isObject, type UnknownObject, unknownKeys } from "./line-parts.ts";
import type { Report } from "./report.ts";

const promptKeys: ReadonlySet<string> = new Set(["role", "content", "name"]);
const toolKeys: ReadonlySet<string> = new Set(["role", "content", "tool_call_id"]);
const assistantKeys: ReadonlySet<string> = new Set([
  "role",
  "content",
  "refusal",
  "name",
  "tool_calls",
  "function_call",
  "weight",
]);

/** The keys that a message of each role may have. */
export const messageKeys: ReadonlyMap<unknown, ReadonlySet<string>> = new Map([
  ["system", promptKeys],
  ["user", promptKeys],
  ["assistant", assistantKeys],
  ["tool", toolKeys],
  ["function", promptKeys],
]);

/** Checks the shape of one message of the input. */
export function checkInputMessageShape(message: unknown, report: Report): void {
  if (!isObject(message)) {
    reportNoObject(message, report);
    return;
  }
  switch (message.role) {
    case "system":
    case "user":
      checkPromptMessage(message, report);
      return;
    case "assistant":
      checkAssistantMessage(message, report);
      checkWeight(message.weight, report);
      return;
    case "tool":
      checkToolMessage(message, report);
      return;
    case "function":
      checkFunctionMessage(message, report);
      return;
    case "developer":
      reportRole("MESSAGE_ROLE_DEVELOPER", message, report);
      checkPromptMessage(message, report);
      return;
    default:
      reportRole("MESSAGE_ROLE_INVALID", message, report);
  }
}

/** Checks the shape of one message of an output. */
export function checkOutputMessageShape(message: unknown, report: Report): void {
  if (!isObject(message)) {
    reportNoObject(message, report);
    return;
  }
  if (message.weight !== undefined) {
    report.add("OUTPUT_WEIGHT", "weight", { found: message.weight });
  }
  if (message.role === "assistant") {
    checkAssistantMessage(message, report);
  } else if (message.role === "tool") {
    reportRole("OUTPUT_TOOL_MESSAGE", message, report);
    checkToolMessage(message, report);
  } else {
    reportRole("OUTPUT_ROLE_INVALID", message, report);
  }
}

function reportNoObject(message: unknown, report: Report): void {
  report.add("LINE_WRONG_TYPE", "", { expected: "a message object", found: message });
}

const expectedRoles: Partial<Record<LineCode, string>> = {
  MESSAGE_ROLE_INVALID: "system, user, assistant, tool or function",
  MESSAGE_ROLE_DEVELOPER: "system",
};

function reportRole(code: LineCode, message: UnknownObject, report: Report): void {
  const expected = expectedRoles[code] ?? "assistant";
  const found = message.role;
  report.add(found === undefined ? "MESSAGE_MISSING_KEY" : code, "role", { expected, found });
}

function checkPromptMessage(message: UnknownObject, report: Report): void {
  checkKeys(message, promptKeys, report);
  checkOptionalText(message.name, "name", report);
  checkTextContent(message.content, report);
}

function checkToolMessage(message: UnknownObject, report: Report): void {
  checkKeys(message, toolKeys, report);
  checkRequiredText(message.tool_call_id, "tool_call_id", report);
  checkTextContent(message.content, report);
}

function checkFunctionMessage(message: UnknownObject, report: Report): void {
  checkKeys(message, promptKeys, report);
  checkRequiredText(message.name, "name", report);
  const content = message.content;
  if (content === undefined) {
    report.add("MESSAGE_MISSING_KEY", "content", { expected: "content" });
  } else if (content !== null && typeof content !== "string") {
    report.add("MESSAGE_CONTENT_INVALID", "content", {
      expected: "text or null",
      found: content,
    });
  }
}

function checkAssistantMessage(message: UnknownObject, report: Report): void {
  checkKeys(message, assistantKeys, report);
  checkOptionalText(message.name, "name", report);
  checkAssistantContent(message.content, report);
  const refusal = message.refusal;
  if (refusal !== undefined && refusal !== null && typeof refusal !== "string") {
    report.add("LINE_WRONG_TYPE", "refusal", { expected: "text or null", found: refusal });
  }
  if (message.tool_calls !== undefined) {
    checkToolCalls(message.tool_calls, report);
  }
  const call = message.function_call;
  if (call !== undefined && call !== null) {
    checkFunctionCall(call, "function_call", report);
  }
}

function checkWeight(weight: unknown, report: Report): void {
  if (weight !== undefined && weight !== 0 && weight !== 1) {
    report.add("MESSAGE_WEIGHT_INVALID", "weight", { expected: "0 or 1", found: weight });
  }
}

function checkKeys(message: UnknownObject, allowed: ReadonlySet<string>, report: Report): void {
  for (const key of unknownKeys(message, allowed)) {
    report.add("MESSAGE_EXTRA_KEY", memberPath("", key), { found: key });
  }
}

function checkOptionalText(value: unknown, key: string, report: Report): void {
  if (value !== undefined && typeof value !== "string") {
    report.add("LINE_WRONG_TYPE", key, { expected: "text", found: value });
  }
}

function checkRequiredText(value: unknown, key: string, report: Report): void {
  if (value === undefined) {
    report.add("MESSAGE_MISSING_KEY", key, { expected: key });
  } else {
    checkOptionalText(value, key, report);
  }
}
