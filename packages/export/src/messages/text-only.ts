import type { Message } from "@dpo-kit/schema";
import type { ExportNotes } from "../export-notes.ts";
import { noteMembers } from "./plain-message.ts";

/** Leaves an example out whose messages are more than text; what a message of text has beside it is lost. */
export function requireTextOnly(messages: readonly Message[], notes: ExportNotes): void {
  for (const message of messages) {
    noteMembers(message, notes);
    if (message.role === "tool" || (message.role === "assistant" && message.tool_calls !== undefined)) {
      notes.leaveOut("EXPORT_OMITS_TOOL_CALLS");
    }
    if (message.role === "function" || (message.role === "assistant" && message.function_call)) {
      notes.leaveOut("EXPORT_OMITS_FUNCTIONS");
    }
  }
}
