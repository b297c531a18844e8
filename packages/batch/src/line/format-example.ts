import {
  type AssistantMessage,
  carriedJsonText,
  type DpoExample,
  type FunctionCall,
  type FunctionTool,
  isCarriedJson,
  jsonString,
  type Message,
  type ToolCall,
} from "@dpo-kit/schema";

/** How canonical lines are written. */
export interface FormatOptions {
  /** Leaves out `tools` where there are none and `parallel_tool_calls` where it is true. Default: false. */
  lean?: boolean;
}

/**
 * The canonical line of an example, without its `\n`: keys in the order of the platform's guide
 * (https://developers.openai.com/api/docs/guides/direct-preference-optimization), no white space between
 * tokens, `[]` and `true` where there are no tools, non-ASCII as it is, U+2028 and U+2029 escaped.
 * What was carried (see `carryJson`) keeps its number tokens.
 *
 * This is the reference; the encoder writes the same bytes. A lone surrogate is written as an escape.
 */
export function formatExample(example: DpoExample, options: FormatOptions = {}): string {
  const { messages, tools = [], parallel_tool_calls: parallel = true } = example.input;
  const lean = options.lean ?? false;
  const input = jsonObject([
    ["messages", jsonArray(messages, messageJson)],
    ["tools", lean && tools.length === 0 ? undefined : toolsJson(tools)],
    ["parallel_tool_calls", lean && parallel ? undefined : String(parallel)],
  ]);
  return jsonObject([
    ["input", input],
    ["preferred_output", jsonArray(example.preferred_output, messageJson)],
    ["non_preferred_output", jsonArray(example.non_preferred_output, messageJson)],
  ]);
}

type AnyMessage = Partial<AssistantMessage & { tool_call_id: string }> | Message;

function messageJson(message: AnyMessage): string {
  const { role, content, refusal, name, tool_calls, tool_call_id, function_call, weight } =
    message as AssistantMessage & { tool_call_id?: string };
  return jsonObject([
    ["role", jsonString(role)],
    ["content", content === undefined ? undefined : contentJson(content)],
    ["refusal", nullableJson(refusal, jsonString)],
    ["name", nullableJson(name, jsonString)],
    ["tool_calls", nullableJson(tool_calls, (calls) => jsonArray(calls, toolCallJson))],
    ["tool_call_id", nullableJson(tool_call_id, jsonString)],
    ["function_call", nullableJson(function_call, functionCallJson)],
    ["weight", nullableJson(weight, String)],
  ]);
}

function contentJson(content: Exclude<AssistantMessage["content"], undefined>): string {
  if (!Array.isArray(content)) {
    return content === null ? "null" : jsonString(content);
  }
  return jsonArray(content, (part) =>
    part.type === "text"
      ? jsonObject([
          ["type", '"text"'],
          ["text", jsonString(part.text)],
        ])
      : jsonObject([
          ["type", '"refusal"'],
          ["refusal", jsonString(part.refusal)],
        ]),
  );
}

/** The JSON of one call: id, type, function. */
function toolCallJson(call: ToolCall): string {
  return jsonObject([
    ["id", jsonString(call.id)],
    ["type", jsonString(call.type)],
    ["function", functionCallJson(call.function)],
  ]);
}

function functionCallJson(call: FunctionCall): string {
  return jsonObject([
    ["name", jsonString(call.name)],
    ["arguments", jsonString(call.arguments)],
  ]);
}

/** The JSON of `tools`: what was carried as it was written, wholly or in its parts. */
export function toolsJson(tools: readonly FunctionTool[]): string {
  return isCarriedJson(tools) ? carriedJsonText(tools) : jsonArray(tools, (tool) => carriedParts(tool, 2));
}

/** A tool, its function and the parameters may each have been carried. */
function carriedParts(value: unknown, depth: number): string {
  const isPlain = typeof value === "object" && value !== null && !Array.isArray(value);
  if (depth === 0 || !isPlain || isCarriedJson(value)) {
    return carriedJsonText(value);
  }
  return jsonObject(
    Object.entries(value).map(([key, inner]) => [
      key,
      inner === undefined ? undefined : carriedParts(inner, depth - 1),
    ]),
  );
}

function nullableJson<T>(value: T | null | undefined, json: (value: T) => string): string | undefined {
  return value === undefined ? undefined : value === null ? "null" : json(value);
}

function jsonArray<T>(items: readonly T[], json: (item: T) => string): string {
  return `[${items.map(json).join(",")}]`;
}

/** An object of entries whose values are JSON texts; those that are undefined are left out. */
function jsonObject(entries: readonly (readonly [string, string | undefined])[]): string {
  const written = entries.filter(([, json]) => json !== undefined);
  return `{${written.map(([key, json]) => `${jsonString(key)}:${json}`).join(",")}}`;
}
