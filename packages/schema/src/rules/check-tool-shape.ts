import { memberPath } from "../json-path.ts";
import { isObject, type UnknownObject, unknownKeys } from "./line-parts.ts";
import type { Report } from "./report.ts";

const toolKeys: ReadonlySet<string> = new Set(["type", "function"]);
const definitionKeys: ReadonlySet<string> = new Set(["name", "description", "parameters", "strict"]);
const callKeys: ReadonlySet<string> = new Set(["id", "type", "function"]);
const functionCallKeys: ReadonlySet<string> = new Set(["name", "arguments"]);

/** 1 to 64 of `A-Z a-z 0-9 _ -`: `FunctionObject.name` of https://github.com/openai/openai-openapi. */
export const FUNCTION_NAME: RegExp = /^[A-Za-z0-9_-]{1,64}$/u;

/** Checks the shape of one tool of the input. Paths are relative to the tool. */
export function checkFunctionTool(tool: unknown, report: Report): void {
  if (!isObject(tool)) {
    report.add("TOOL_DEFINITION_INVALID", "", { expected: "a function tool", found: tool });
    return;
  }
  for (const key of unknownKeys(tool, toolKeys)) {
    report.add("TOOL_DEFINITION_INVALID", memberPath("", key), { expected: "no such key", found: key });
  }
  if (tool.type !== "function") {
    report.add("TOOL_DEFINITION_INVALID", "type", { expected: '"function"', found: tool.type });
  }
  const definition = tool.function;
  if (isObject(definition)) {
    checkDefinition(definition, report);
  } else {
    report.add("TOOL_DEFINITION_INVALID", "function", { expected: "an object with name", found: definition });
  }
}

function checkDefinition(definition: UnknownObject, report: Report): void {
  const { name, description, parameters, strict } = definition;
  for (const key of unknownKeys(definition, definitionKeys)) {
    report.add("TOOL_DEFINITION_INVALID", memberPath("function", key), {
      expected: "no such key",
      found: key,
    });
  }
  if (typeof name !== "string") {
    report.add("TOOL_DEFINITION_INVALID", "function.name", { expected: "text", found: name });
  } else if (!FUNCTION_NAME.test(name)) {
    report.add("TOOL_NAME_INVALID", "function.name", { expected: "1 to 64 of A-Z a-z 0-9 _ -", found: name });
  }
  if (description !== undefined && typeof description !== "string") {
    report.add("TOOL_DEFINITION_INVALID", "function.description", { expected: "text", found: description });
  }
  if (parameters !== undefined && !isObject(parameters)) {
    report.add("TOOL_DEFINITION_INVALID", "function.parameters", {
      expected: "a JSON Schema object",
      found: parameters,
    });
  }
  if (strict !== undefined && strict !== null && typeof strict !== "boolean") {
    report.add("TOOL_DEFINITION_INVALID", "function.strict", {
      expected: "true, false or null",
      found: strict,
    });
  }
}

/** Checks the shape of the tool calls of an assistant message. */
export function checkToolCalls(calls: unknown, report: Report): void {
  if (!Array.isArray(calls)) {
    report.add("TOOL_CALL_INVALID", "tool_calls", { expected: "a list of tool calls", found: calls });
    return;
  }
  for (let index = 0; index < calls.length; index += 1) {
    checkToolCall(calls[index], `tool_calls[${index}]`, report);
  }
}

function checkToolCall(call: unknown, path: string, report: Report): void {
  if (!isObject(call)) {
    report.add("TOOL_CALL_INVALID", path, { expected: "a tool call", found: call });
    return;
  }
  for (const key of unknownKeys(call, callKeys)) {
    report.add("TOOL_CALL_INVALID", memberPath(path, key), { expected: "no such key", found: key });
  }
  if (typeof call.id !== "string") {
    report.add("TOOL_CALL_INVALID", `${path}.id`, { expected: "text", found: call.id });
  }
  if (call.type !== "function") {
    report.add("TOOL_CALL_INVALID", `${path}.type`, { expected: '"function"', found: call.type });
  }
  checkFunctionCall(call.function, `${path}.function`, report);
}

/** Checks the name and the arguments of a call. */
export function checkFunctionCall(call: unknown, path: string, report: Report): void {
  if (!isObject(call)) {
    report.add("TOOL_CALL_INVALID", path, { expected: "an object with name and arguments", found: call });
    return;
  }
  for (const key of unknownKeys(call, functionCallKeys)) {
    report.add("TOOL_CALL_INVALID", memberPath(path, key), { expected: "no such key", found: key });
  }
  if (typeof call.name !== "string") {
    report.add("TOOL_CALL_INVALID", `${path}.name`, { expected: "text", found: call.name });
  }
  if (typeof call.arguments !== "string") {
    report.add("TOOL_ARGUMENTS_NOT_TEXT", `${path}.arguments`, {
      expected: "a JSON text",
      found: call.arguments,
    });
  }
}
