import type { JsonObject, JsonValue } from "@dpo-kit/schema";
import { isObject } from "../input/file-sample.ts";
import type { ChatPart } from "../model/chat-node.ts";

/** The members of hidden messages that hold what the model was told, in the order in which it is put together. */
const instructionKeys: readonly string[] = [
  "user_profile",
  "user_instructions",
  "about_user_message",
  "about_model_message",
  "model_set_context",
  "model_identity_desc",
  "instructions",
];

/**
 * What a message holds, by its `content_type`. Of a type that is not known its texts are taken; where it has none it
 * is something that is no text.
 */
export function readContent(content: JsonObject, metadata: JsonObject): ChatPart[] {
  const type = content.content_type;
  if (type === "thoughts") {
    return reasoning(content);
  }
  if (type === "reasoning_recap") {
    return [];
  }
  const told = [...instructionsIn(content), ...instructionsIn(metadata.user_context_message_data)];
  if (told.length > 0) {
    return [{ kind: "text", text: told.join("\n\n") }];
  }
  if (Array.isArray(content.parts)) {
    return content.parts.flatMap(readPart);
  }
  const text = [content.text, content.result, content.summary].find((each) => typeof each === "string");
  if (typeof text === "string") {
    return [{ kind: "text", text }];
  }
  return typeof type === "string" && !instructionTypes.has(type) ? [{ kind: "media", what: type }] : [];
}

const instructionTypes: ReadonlySet<string> = new Set([
  "system_content",
  "user_editable_context",
  "model_editable_context",
]);

function instructionsIn(value: JsonValue | undefined): string[] {
  return isObject(value)
    ? instructionKeys
        .map((key) => (Object.hasOwn(value, key) ? value[key] : undefined))
        .filter((text): text is string => typeof text === "string" && text !== "")
    : [];
}

function reasoning({ thoughts, parts }: JsonObject): ChatPart[] {
  const list = Array.isArray(thoughts) ? thoughts : Array.isArray(parts) ? parts : [];
  return list.flatMap((thought): ChatPart[] => {
    const text = isObject(thought) ? (thought.content ?? thought.summary) : thought;
    return typeof text === "string" ? [{ kind: "reasoning", text }] : [];
  });
}

function readPart(part: JsonValue): ChatPart[] {
  if (typeof part === "string") {
    return part === "" ? [] : [{ kind: "text", text: part }];
  }
  if (!isObject(part)) {
    return [];
  }
  const { content_type: type, text } = part;
  return typeof text === "string" ? [{ kind: "text", text }] : [{ kind: "media", what: mediaName(type) }];
}

function mediaName(type: JsonValue | undefined): string {
  const name = typeof type === "string" ? type : "";
  return (
    ["image", "audio", "video"].find((kind) => name.startsWith(kind) || name.includes(`_${kind}`)) ?? "file"
  );
}
