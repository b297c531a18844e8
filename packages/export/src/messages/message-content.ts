import { messageRefusal, messageText } from "@dpo-kit/preference";
import type { Message } from "@dpo-kit/schema";
import type { ExportNotes } from "../export-notes.ts";

/** The content of a message as one text, for targets that hold nothing else. */
export function plainContent(message: Message, notes: ExportNotes): string {
  const text = messageText(message);
  const refusal = messageRefusal(message);
  if (refusal !== "") {
    notes.lose("EXPORT_LOSES_REFUSALS");
  }
  if (Array.isArray(message.content)) {
    notes.lose("EXPORT_LOSES_CONTENT_PARTS");
  } else if (message.content === null || message.content === undefined) {
    notes.lose("EXPORT_LOSES_NULL_CONTENT");
  }
  return text === "" ? refusal : text;
}

/** The content of a message as texts: one for each of its parts, for targets that hold parts. */
export function contentTexts(message: Message, notes: ExportNotes): string[] {
  const { content } = message;
  // One part by itself is written as a text is, so that it is not told from one.
  const parts = Array.isArray(content) && content.length > 1 ? content : [];
  return parts.length > 0 && parts.every(({ type }) => type === "text")
    ? parts.map((part) => (part.type === "text" ? part.text : ""))
    : [plainContent(message, notes)];
}
