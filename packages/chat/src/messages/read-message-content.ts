import { memberJsonText } from "@dpo-kit/preference";
import type { JsonObject, JsonValue } from "@dpo-kit/schema";
import { isObject } from "../input/file-sample.ts";
import type { ChatCall, ChatPart } from "../model/chat-node.ts";

/** What the content of a message holds. */
export interface MessageContent {
  readonly parts: string | readonly ChatPart[];
  /** Calls that stand among the parts, as Anthropic writes them. */
  readonly calls: readonly ChatCall[];
}

/** Reads content as model APIs write it: a text, or a list of typed parts. What is no text is named in a marker. */
export function readMessageContent(content: JsonValue | undefined): MessageContent {
  if (!Array.isArray(content)) {
    const parts = isObject(content) ? readPart(content) : typeof content === "string" ? content : "";
    return { parts, calls: [] };
  }
  const calls = content.filter(isObject).flatMap(callIn);
  return { parts: content.flatMap(readPart), calls };
}

function readPart(part: JsonValue): ChatPart[] {
  if (typeof part === "string") {
    return [{ kind: "text", text: part }];
  }
  if (!isObject(part)) {
    return [];
  }
  const { type } = part;
  if (type === "tool_use" || type === "tool_call") {
    return [];
  }
  if (type === "thinking" || type === "reasoning" || type === "think") {
    const text = [part.thinking, part.reasoning, part.text, part.content].find(
      (each) => typeof each === "string",
    );
    return typeof text === "string" ? [{ kind: "reasoning", text }] : [];
  }
  const text = [part.text, part.content].find((each) => typeof each === "string");
  if (typeof text === "string") {
    return [{ kind: "text", text }];
  }
  return Array.isArray(part.content)
    ? part.content.flatMap(readPart)
    : [{ kind: "media", what: mediaName(type) }];
}

function mediaName(type: JsonValue | undefined): string {
  const name = typeof type === "string" ? type : "";
  return ["image", "audio", "video"].find((kind) => name.includes(kind)) ?? "file";
}

function callIn(part: JsonObject): ChatCall[] {
  if (part.type !== "tool_use" || typeof part.name !== "string") {
    return [];
  }
  const id = typeof part.id === "string" ? { id: part.id } : {};
  return [{ ...id, name: part.name, arguments: memberJsonText(part, "input") }];
}
