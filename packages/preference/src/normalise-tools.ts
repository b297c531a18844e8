import {
  carriedJsonText,
  carryJson,
  type FunctionTool,
  type Issue,
  isBlank,
  isCarriedJson,
  type JsonObject,
  type JsonValue,
  jsonString,
  type TransformName,
} from "@dpo-kit/schema";
import { memberJsonText, splitMembers } from "./carried-members.ts";
import { MessageReport, type NormaliseOptions } from "./message-report.ts";
import { withoutNullPadding } from "./null-padding.ts";
import { parseStructuredText } from "./structured-text.ts";

/** Tools in canonical form, what was changed to get there, and what is wrong. */
export interface NormalisedTools {
  /** Carried JSON, frozen: it remembers its number tokens and the order of its keys. */
  tools: FunctionTool[];
  transforms: TransformName[];
  issues: Issue[];
}

/**
 * Brings tools into canonical form: a list of `{type, function}` or of bare function definitions, one of them
 * by itself, or the JSON text of any of these. Null padding of column stores is removed, counted; a bare
 * definition is wrapped, counted. What needs no change is carried verbatim. Null and an empty text are no tools.
 */
export function normaliseTools(value: JsonValue, options: NormaliseOptions): NormalisedTools {
  const report = new MessageReport(options.at);
  const list = toList(value, report, options.path);
  const texts = list.map((tool, index) => toolText(tool, report, `${options.path}[${index}]`));
  const { transforms, issues } = report;
  if (issues.length > 0) {
    return { tools: [], transforms, issues };
  }
  const text = `[${texts.join(",")}]`;
  const unchanged = isCarriedJson(value) && carriedJsonText(value) === text;
  return { tools: (unchanged ? value : carryJson(text)) as unknown as FunctionTool[], transforms, issues };
}

/** The JSON text of each tool. */
function toList(value: JsonValue, report: MessageReport, path: string): string[] {
  if (value === null || (typeof value === "string" && isBlank(value))) {
    return [];
  }
  const parsed = typeof value === "string" ? parseStructuredText(value) : undefined;
  if (parsed !== undefined) {
    report.changed("double-encoded-json");
    return toList(parsed.value, report, path);
  }
  if (typeof value !== "object") {
    report.wrong("PAIR_TOOLS_INVALID", path, { expected: "a list of functions", found: value });
    return [];
  }
  return Array.isArray(value)
    ? value.map((_, index) => memberJsonText(value, index))
    : [carriedJsonText(value)];
}

/** One tool in canonical form, as JSON text. */
function toolText(text: string, report: MessageReport, path: string): string {
  const value = JSON.parse(text) as JsonValue;
  if (typeof value === "string") {
    report.changed("double-encoded-json");
    const inner = parseStructuredText(value);
    return inner === undefined
      ? wrong(value, report, path)
      : toolText(carriedJsonText(inner.value), report, path);
  }
  if (!isObject(value)) {
    return wrong(value, report, path);
  }
  const padded = withoutNullPadding(text);
  if (padded !== text) {
    report.changed("null-fields-removed");
  }
  return wrapped(value, padded, { report, path });
}

function wrapped(tool: JsonObject, text: string, where: { report: MessageReport; path: string }): string {
  const { type } = tool;
  const inner = tool.function;
  const isFunction = type === undefined || type === null || type === "function";
  const definition = isObject(inner) ? inner : tool;
  if (!isFunction || typeof definition.name !== "string" || definition.name === "") {
    return wrong(tool, where.report, where.path);
  }
  if (isObject(inner) && type === "function") {
    return text;
  }
  where.report.changed("tools-wrapped");
  const members = splitMembers(text);
  const body = isObject(inner) ? members.get("function")! : withoutType(members);
  return `{"type":"function","function":${body}}`;
}

function withoutType(members: ReadonlyMap<string, string>): string {
  const kept = [...members]
    .filter(([key]) => key !== "type")
    .map(([key, text]) => `${jsonString(key)}:${text}`);
  return `{${kept.join(",")}}`;
}

function wrong(found: JsonValue, report: MessageReport, path: string): string {
  report.wrong("PAIR_TOOLS_INVALID", path, { expected: '{"type":"function","function":{"name":…}}', found });
  return "null";
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
