import type { JsonObject, JsonValue, RefusalPart, TextPart } from "@dpo-kit/schema";
import { memberJsonText } from "./carried-members.ts";
import type { MessageReport } from "./message-report.ts";

/** The content of a message in canonical form; undefined: it had a problem, which is in the report. */
export type MessageContent = string | (TextPart | RefusalPart)[] | null | undefined;

/** Types of parts that are text under another name (OpenAI's Responses API). */
const textTypes: ReadonlySet<string> = new Set(["text", "input_text", "output_text"]);
const textKeys = ["text", "value", "content"] as const;

/**
 * The content under `key` of a message: text verbatim, a list of text parts, or null. Numbers and booleans
 * become text, counted; parts of another spelling become standard ones, counted; images and sounds are issues.
 */
export function readContent(
  message: JsonObject,
  key: string,
  report: MessageReport,
  path: string,
): MessageContent {
  const value = message[key];
  if (typeof value === "string" || value === null || value === undefined) {
    return value ?? null;
  }
  if (typeof value !== "object") {
    report.changed("scalar-to-text");
    return memberJsonText(message, key);
  }
  if (!Array.isArray(value)) {
    report.wrong("PAIR_MESSAGE_INVALID", path, { expected: "text or text parts", found: value });
    return undefined;
  }
  return readParts(value, report, path);
}

function readParts(parts: readonly JsonValue[], report: MessageReport, path: string): MessageContent {
  const read: (TextPart | RefusalPart)[] = [];
  for (const [index, part] of parts.entries()) {
    const known = readPart(part, report, `${path}[${index}]`);
    if (known !== undefined) {
      read.push(known);
    } else if (report.full) {
      break;
    }
  }
  return read.length === parts.length ? read : undefined;
}

function readPart(part: JsonValue, report: MessageReport, path: string): TextPart | RefusalPart | undefined {
  if (typeof part === "string") {
    report.changed("content-parts-renamed");
    return { type: "text", text: part };
  }
  if (typeof part !== "object" || part === null || Array.isArray(part)) {
    report.wrong("PAIR_MESSAGE_INVALID", path, { expected: "a text part", found: part });
    return undefined;
  }
  const type = part.type;
  if (type === "refusal" && typeof part.refusal === "string") {
    countRest(part, ["type", "refusal"], report);
    return { type: "refusal", refusal: part.refusal };
  }
  const key = textKeys.find((name) => typeof part[name] === "string");
  const isText = type === undefined || type === null || (typeof type === "string" && textTypes.has(type));
  if (!isText || key === undefined) {
    const code = isText ? "PAIR_MESSAGE_INVALID" : "PAIR_CONTENT_NOT_TEXT";
    report.wrong(code, path, { expected: '{"type":"text","text":…}', found: part });
    return undefined;
  }
  if (type !== "text" || key !== "text") {
    report.changed("content-parts-renamed");
  }
  countRest(part, ["type", key], report);
  return { type: "text", text: part[key] as string };
}

/** Counts the members that are left out: null padding by itself, the others as removed fields. */
export function countRest(value: JsonObject, known: readonly string[], report: MessageReport): void {
  for (const key of Object.keys(value)) {
    if (!known.includes(key)) {
      report.changed(value[key] === null ? "null-fields-removed" : "message-fields-removed");
    }
  }
}
