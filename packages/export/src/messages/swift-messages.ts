import { isBlank, type JsonObject, type Message } from "@dpo-kit/schema";
import type { ExportNotes } from "../export-notes.ts";
import { callTexts } from "./call-texts.ts";
import { plainContent } from "./message-content.ts";
import { noteMembers } from "./plain-message.ts";

/**
 * A message as ms-swift takes it: calls and results are messages of the roles tool_call and tool_response, each with
 * its text, since other members of messages are stripped.
 *
 * Source: https://swift.readthedocs.io/en/latest/Instruction/Agent-support.html
 */
export function swiftMessages(message: Message, notes: ExportNotes): JsonObject[] {
  noteMembers(message, notes);
  const { role } = message;
  if (role === "function" || (role === "assistant" && message.function_call)) {
    notes.leaveOut("EXPORT_OMITS_FUNCTIONS");
  }
  if (role === "tool") {
    return [{ role: "tool_response", content: plainContent(message, notes) }];
  }
  return role === "assistant" && message.tool_calls !== undefined
    ? callingTurn(message, notes)
    : [{ role, content: plainContent(message, notes) }];
}

function callingTurn(message: Message & { role: "assistant" }, notes: ExportNotes): JsonObject[] {
  const { tool_calls: calls = [], content } = message;
  const text = content === null || content === undefined ? "" : plainContent(message, notes);
  const spoken = isBlank(text) ? [] : [{ role: "assistant", content: text }];
  if (spoken.length === 0 && typeof content === "string") {
    notes.lose("EXPORT_LOSES_CALL_TEXT");
  }
  if (spoken.length + calls.length > 1) {
    notes.lose("EXPORT_LOSES_CALL_TURNS");
  }
  return [...spoken, ...callTexts(calls, notes).map((call) => ({ role: "tool_call", content: call }))];
}
