import type { Message } from "@dpo-kit/schema";

/** The text of a message: its content, or its text parts joined without anything between; refusals left out. */
export function messageText(message: Message): string {
  const { content } = message;
  if (typeof content === "string") {
    return content;
  }
  return (content ?? []).map((part) => (part.type === "text" ? part.text : "")).join("");
}

/** The refusal of an assistant message, whether it stands beside the content or as a part of it. */
export function messageRefusal(message: Message): string {
  if (message.role !== "assistant") {
    return "";
  }
  if (typeof message.refusal === "string") {
    return message.refusal;
  }
  const parts = Array.isArray(message.content) ? message.content : [];
  return parts.map((part) => (part.type === "refusal" ? part.refusal : "")).join("");
}
