import { isBlank, type JsonObject, type Message } from "@dpo-kit/schema";
import type { ExportNotes } from "../export-notes.ts";
import { callTexts } from "./call-texts.ts";
import { plainContent } from "./message-content.ts";
import { noteMembers } from "./plain-message.ts";

/**
 * Turns as ShareGPT has them: human, gpt, function_call, observation. Results that follow one another are one
 * observation, and of a turn with text and calls the calls are kept.
 */
export function shareGptTurns(messages: readonly Message[], notes: ExportNotes): JsonObject[] {
  const turns: JsonObject[] = [];
  for (const message of messages) {
    const turn = shareGptTurn(message, notes);
    const last = turns.at(-1);
    if (turn.from === "observation" && last?.from === "observation") {
      notes.lose("EXPORT_LOSES_RESULT_TURNS");
      last.value = `${last.value}\n${turn.value}`;
    } else {
      turns.push(turn);
    }
  }
  return turns;
}

/** One message as a turn. */
export function shareGptTurn(message: Message, notes: ExportNotes): JsonObject {
  noteMembers(message, notes);
  switch (message.role) {
    case "user":
      return { from: "human", value: plainContent(message, notes) };
    case "tool":
      return { from: "observation", value: plainContent(message, notes) };
    case "assistant":
      return assistantTurn(message, notes);
    case "function":
      notes.leaveOut("EXPORT_OMITS_FUNCTIONS");
      return { from: "observation", value: "" };
    default:
      return { from: "system", value: plainContent(message, notes) };
  }
}

function assistantTurn(message: Message & { role: "assistant" }, notes: ExportNotes): JsonObject {
  if (message.function_call) {
    notes.leaveOut("EXPORT_OMITS_FUNCTIONS");
  }
  const { tool_calls: calls, content } = message;
  if (calls === undefined) {
    return { from: "gpt", value: plainContent(message, notes) };
  }
  const text = content === null || content === undefined ? "" : plainContent(message, notes);
  if (!isBlank(text) || typeof content === "string") {
    notes.lose("EXPORT_LOSES_CALL_TEXT");
  }
  const texts = callTexts(calls, notes);
  return { from: "function_call", value: texts.length === 1 ? texts[0]! : `[${texts.join(",")}]` };
}
