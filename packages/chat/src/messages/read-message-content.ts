import { memberJsonText } from "@dpo-kit/preference";
import type { JsonObject, JsonValue } from "@dpo-kit/schema";
import { isObject } from "../input/file-sample.ts";
import { firstText } from "../input/json-members.ts";
import { carriedItems, carriedObject } from "./carried-items.ts";
import { readCall } from "./read-call.ts";
import type { TurnStep } from "./split-turn.ts";

/**
 * Reads content as model APIs write it: a text, or a list of typed parts, among which calls and results of tools may
 * stand (Anthropic, Gemini, Vercel's AI SDK, OpenTelemetry). What is no text is named in a marker.
 */
export function readMessageContent(content: JsonValue | undefined): TurnStep[] {
  if (typeof content === "string") {
    return [{ kind: "text", text: content }];
  }
  return (Array.isArray(content) ? carriedItems(content) : [content]).flatMap(readPart);
}

function readPart(part: JsonValue | undefined): TurnStep[] {
  if (typeof part === "string") {
    return [{ kind: "text", text: part }];
  }
  return isObject(part) ? (stepOfTool(part) ?? stepOfReasoning(part) ?? stepsOfText(part)) : [];
}

/** Types of parts that are calls: of Anthropic, of Vercel's AI SDK, of LangChain and OpenTelemetry. */
const callTypes: ReadonlySet<JsonValue | undefined> = new Set(["tool_use", "tool-call", "tool_call"]);

/** Types of parts that are results of tools: of the same, in the same order. */
const resultTypes: ReadonlySet<JsonValue | undefined> = new Set([
  "tool_result",
  "tool-result",
  "tool_call_response",
]);

function stepOfTool(part: JsonObject): TurnStep[] | undefined {
  const response = carriedObject(part, "functionResponse", "function_response");
  if (resultTypes.has(part.type) || response !== undefined) {
    const callId = firstText(part.tool_use_id, part.toolCallId, part.id, response?.id);
    return [{ kind: "result", callId, text: resultText(response ?? part) }];
  }
  const isCall = callTypes.has(part.type) || carriedObject(part, "functionCall", "function_call");
  const call = isCall ? readCall(part) : undefined;
  return call === undefined ? (isCall ? [] : undefined) : [{ kind: "call", call }];
}

const resultKeys: readonly string[] = ["content", "output", "result", "response"];

/** What a tool gave: its text, or the JSON text of what it gave. */
export function resultText(result: JsonObject): string {
  const key = resultKeys.find((each) => Object.hasOwn(result, each));
  if (key === undefined) {
    return "";
  }
  const given = result[key];
  return typeof given === "string" ? given : (textOfParts(given) ?? memberJsonText(result, key));
}

/** The text of a list in which there are texts only. */
function textOfParts(given: JsonValue | undefined): string | undefined {
  const parts = Array.isArray(given) ? given.map(readPartText) : [];
  return parts.length > 0 && parts.every((text) => text !== undefined) ? parts.join("") : undefined;
}

function readPartText(part: JsonValue): string | undefined {
  return isObject(part) && part.type === "text" ? firstText(part.text, part.content) : undefined;
}

const reasoningTypes: ReadonlySet<JsonValue | undefined> = new Set(["thinking", "reasoning", "think"]);

function stepOfReasoning(part: JsonObject): TurnStep[] | undefined {
  // Gemini marks what was only thought.
  if (!reasoningTypes.has(part.type) && part.thought !== true) {
    return undefined;
  }
  const text = firstText(part.thinking, part.reasoning, part.text, part.content);
  return text === undefined ? [] : [{ kind: "reasoning", text }];
}

function stepsOfText(part: JsonObject): TurnStep[] {
  const isBlob = part.type === "blob" || part.type === "file";
  const text = isBlob ? undefined : firstText(part.text, part.content);
  if (text !== undefined) {
    return [{ kind: "text", text }];
  }
  return Array.isArray(part.content)
    ? readMessageContent(part.content)
    : [{ kind: "media", what: mediaName(part) }];
}

const mediaNames: readonly string[] = ["image", "audio", "video"];

function mediaName({ type, modality, mime_type: mime }: JsonObject): string {
  const said = [type, modality, mime].filter((each) => typeof each === "string").join(" ");
  return mediaNames.find((name) => said.includes(name)) ?? "file";
}
