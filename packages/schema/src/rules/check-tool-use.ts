import { isObject, type LineParts, OUTPUT_KEYS, outputMessages, toolCallsOf } from "./line-parts.ts";
import type { Report } from "./report.ts";
import type { LineCheck } from "./rule.ts";

/**
 * Calls name functions of the input's tools, their arguments parse as JSON, and calls and tool messages belong
 * together. One check, because most lines use no tools, and that is found out once.
 */
export const checkToolUse: LineCheck = (line, report) => {
  if (usesTools(line)) {
    checkCalledNames(line, report);
    checkArgumentsParse(line, report);
    checkToolResults(line, report);
  }
};

/** Every called function is one of the tools. */
function checkCalledNames(line: LineParts, report: Report): void {
  const names = toolNames(line);
  eachCall(line, (call, path) => {
    const name = isObject(call) ? call.name : undefined;
    if (typeof name === "string" && !names.has(name)) {
      report.add("TOOL_NAME_UNKNOWN", `${path}.name`, { expected: someOf(names), found: name });
    }
  });
}

/** The arguments of every call are a text that parses as JSON. What is no text is not this check's matter. */
function checkArgumentsParse(line: LineParts, report: Report): void {
  eachCall(line, (call, path) => {
    const text = isObject(call) ? call.arguments : undefined;
    if (typeof text === "string" && !isJson(text)) {
      report.add("TOOL_ARGUMENTS_NOT_JSON", `${path}.arguments`, { expected: "JSON", found: text });
    }
  });
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Tool messages answer calls of earlier messages, and the calls of the input are answered. */
function checkToolResults(line: LineParts, report: Report): void {
  const calls: Calls = { known: new Set(), waiting: new Map() };
  followCalls(line.messages, "input.messages", { calls, report });
  for (const [id, path] of calls.waiting) {
    report.add("TOOL_CALL_UNANSWERED", path, { expected: "a tool message that answers it", found: id });
  }
  for (const key of OUTPUT_KEYS) {
    const ownCalls: Calls = { known: new Set(calls.known), waiting: new Map() };
    followCalls(outputMessages(line, key), key, { calls: ownCalls, report });
  }
}

/** The ids that were called so far, and of those that wait for their answer the path of the call. */
interface Calls {
  known: Set<unknown>;
  waiting: Map<unknown, string>;
}

function followCalls(
  messages: readonly unknown[],
  list: string,
  { calls, report }: { calls: Calls; report: Report },
): void {
  messages.forEach((message, index) => {
    toolCallsOf(message).forEach((call, position) => {
      if (isObject(call) && typeof call.id === "string") {
        calls.known.add(call.id);
        calls.waiting.set(call.id, `${list}[${index}].tool_calls[${position}]`);
      }
    });
    if (isObject(message) && message.role === "tool" && typeof message.tool_call_id === "string") {
      calls.waiting.delete(message.tool_call_id);
      if (!calls.known.has(message.tool_call_id)) {
        report.add("TOOL_RESULT_UNKNOWN", `${list}[${index}].tool_call_id`, {
          expected: "the id of an earlier call",
          found: message.tool_call_id,
        });
      }
    }
  });
}

/** `parallel_tool_calls: false` says something only beside tools. True is the default, and never reported. */
export const checkParallelUse: LineCheck = ({ input, tools }, report) => {
  if (input?.parallel_tool_calls === false && tools.length === 0) {
    report.add("TOOL_PARALLEL_UNUSED", "input.parallel_tool_calls", { expected: "tools", found: false });
  }
};

/** The line has no tools. */
export const checkNoTools: LineCheck = (line, report) => {
  const count = line.tools.length;
  if (count > 0) {
    report.add("TOOL_DEFINITIONS_DROPPED", "input.tools", { expected: "no tools", found: count });
  }
};

function usesTools(line: LineParts): boolean {
  return someUsesTools(line.messages) || someUsesTools(line.preferred) || someUsesTools(line.nonPreferred);
}

function someUsesTools(messages: readonly unknown[]): boolean {
  for (const message of messages) {
    if (!isObject(message)) {
      continue;
    }
    const { role, tool_calls, function_call } = message;
    if (role === "tool" || tool_calls !== undefined || function_call !== undefined) {
      return true;
    }
  }
  return false;
}

/** Calls `visit` with every function call of a line: the object with name and arguments, and its path. */
function eachCall(line: LineParts, visit: (call: unknown, path: string) => void): void {
  const lists = [
    ["input.messages", line.messages],
    ...OUTPUT_KEYS.map((key) => [key, outputMessages(line, key)] as const),
  ] as const;
  for (const [list, messages] of lists) {
    messages.forEach((message, index) => {
      toolCallsOf(message).forEach((call, position) => {
        visit(
          isObject(call) ? call.function : undefined,
          `${list}[${index}].tool_calls[${position}].function`,
        );
      });
      visit(isObject(message) ? message.function_call : undefined, `${list}[${index}].function_call`);
    });
  }
}

function toolNames(line: LineParts): ReadonlySet<unknown> {
  const names = new Set<unknown>();
  for (const tool of line.tools) {
    names.add(isObject(tool) && isObject(tool.function) ? tool.function.name : undefined);
  }
  return names;
}

const NAMES_SHOWN = 5;

function someOf(names: ReadonlySet<unknown>): string {
  const shown = [...names].filter((name) => typeof name === "string").slice(0, NAMES_SHOWN);
  return shown.length === 0 ? "a tool in input.tools, which has none" : `one of ${shown.join(", ")}`;
}
