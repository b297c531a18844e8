import type { AssistantMessage, JsonObject, Message, ToolCall } from "@dpo-kit/schema";
import type { ExportNotes } from "../export-notes.ts";
import { argumentsObject } from "./call-arguments.ts";
import { plainContent } from "./message-content.ts";

/** Whether a target holds calls of tools, with arguments as objects, and their results. */
export type CallForm = "objects" | "none";

/**
 * A message as chat templates take it: role and text, calls with arguments as objects, results with the id of their
 * call. Members that templates do not know are lost.
 */
export function plainMessage(message: Message, calls: CallForm, notes: ExportNotes): JsonObject {
  const { role } = message;
  noteMembers(message, notes);
  if (role === "function" || (role === "assistant" && message.function_call)) {
    notes.leaveOut("EXPORT_OMITS_FUNCTIONS");
  }
  const plain: JsonObject = { role, content: plainContent(message, notes) };
  if (role === "assistant" && message.tool_calls !== undefined) {
    plain.tool_calls = plainCalls(message.tool_calls, calls, notes);
  }
  if (role === "tool") {
    if (calls === "none") {
      notes.leaveOut("EXPORT_OMITS_TOOL_CALLS");
    }
    plain.tool_call_id = message.tool_call_id;
  }
  return plain;
}

/** Messages as {@link plainMessage} gives them. */
export function plainMessages(
  messages: readonly Message[],
  calls: CallForm,
  notes: ExportNotes,
): JsonObject[] {
  return messages.map((message) => plainMessage(message, calls, notes));
}

/** Notes the members that no open trainer holds: names and weights. */
export function noteMembers(message: Message, notes: ExportNotes): void {
  if (message.role !== "function" && "name" in message) {
    notes.lose("EXPORT_LOSES_NAMES");
  }
  if ((message as AssistantMessage).weight !== undefined) {
    notes.lose("EXPORT_LOSES_WEIGHTS");
  }
}

function plainCalls(calls: readonly ToolCall[], form: CallForm, notes: ExportNotes): JsonObject[] {
  if (form === "none") {
    notes.leaveOut("EXPORT_OMITS_TOOL_CALLS");
  }
  return calls.map((call) => ({
    id: call.id,
    type: "function",
    function: { name: call.function.name, arguments: argumentsObject(call.function, notes) ?? {} },
  }));
}
