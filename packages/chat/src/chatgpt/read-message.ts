import type { JsonObject, JsonValue } from "@dpo-kit/schema";
import { isObject } from "../input/file-sample.ts";
import type { ChatNodeInput, ChatPart, MessageNode, NodeStatus } from "../model/chat-node.ts";
import { readContent } from "./read-content.ts";

/** The empty node that begins a tree, and stands where a message is missing. */
export function emptyNode(id: string): MessageNode {
  return { id, role: "system", content: "" };
}

/**
 * Reads a message as ChatGPT's export and its web interface have it. `weight` says whether a message counts for the
 * interface, not what anybody preferred: at 0 an answer was hidden.
 */
export function readMessage(message: JsonValue | undefined, id: string): MessageNode {
  if (!isObject(message)) {
    return emptyNode(id);
  }
  const metadata = isObject(message.metadata) ? message.metadata : {};
  const content = isObject(message.content) ? message.content : {};
  const role = roleOf(message, content, metadata);
  const parts = [...readContent(content, metadata), ...attachments(metadata)];
  const node = { id, role, ...modelOf(metadata), status: statusOf(message, content, metadata) };
  if (role !== "assistant") {
    return { ...node, content: parts };
  }
  const { recipient, weight } = message;
  if (typeof recipient === "string" && recipient !== "all") {
    return { ...node, content: "", toolCalls: [{ name: recipient, arguments: textOf(parts) }] };
  }
  return { ...node, content: weight === 0 ? "" : parts };
}

/** Instructions and memory are input that the user does not see, whoever is said to have written them. */
function roleOf(message: JsonObject, content: JsonObject, metadata: JsonObject): ChatNodeInput["role"] {
  const role = isObject(message.author) ? message.author.role : undefined;
  if (role === "assistant" || role === "tool") {
    return role;
  }
  const isHidden =
    metadata.is_user_system_message === true ||
    metadata.is_visually_hidden_from_conversation === true ||
    hiddenTypes.has(content.content_type);
  return role === "user" && !isHidden ? "user" : "system";
}

const hiddenTypes: ReadonlySet<unknown> = new Set(["user_editable_context", "model_editable_context"]);

function statusOf({ status }: JsonObject, content: JsonObject, metadata: JsonObject): NodeStatus {
  const details = isObject(metadata.finish_details) ? metadata.finish_details : {};
  if (content.content_type === "system_error") {
    return "error";
  }
  const isCut =
    details.type === "interrupted" || details.type === "max_tokens" || metadata.is_complete === false;
  if (isCut || status === "in_progress" || status === "finished_partial_completion") {
    return "partial";
  }
  return status === "finished_successfully" ? "done" : "unknown";
}

function modelOf({ model_slug: model }: JsonObject): { model?: string } {
  return typeof model === "string" ? { model } : {};
}

/** Files that were given with a message; images stand in the content as well. */
function attachments({ attachments: given }: JsonObject): ChatPart[] {
  const files = Array.isArray(given) ? given.filter(isObject) : [];
  const isImage = ({ mime_type: type }: JsonObject): boolean =>
    typeof type === "string" && type.startsWith("image/");
  return files.filter((file) => !isImage(file)).map(() => ({ kind: "media", what: "file" }));
}

function textOf(parts: readonly ChatPart[]): string {
  return parts.map((part) => (part.kind === "text" ? part.text : "")).join("");
}
