import type { JsonObject } from "@dpo-kit/schema";
import type { BareFormat } from "../chat-format.ts";
import { objectsIn } from "../input/json-members.ts";

/** Messages of Flowise: View Messages > Export, and the tables of its backup. */
export const flowise: BareFormat = {
  id: "flowise",
  title: "an export of Flowise",
  reason: "each question has one answer, and what is exported of feedback is its comment, not its thumb.",
  advice:
    "Connect Flowise to Langfuse or LangSmith, score or correct the answers there, and convert that export.",
  detect: ({ values }) =>
    values.some(
      (value) => isSession(value) || (Array.isArray(value.ChatMessage) && "ChatMessageFeedback" in value),
    ),
};

function isSession({ messages, sessionId, memoryType }: JsonObject): boolean {
  const isOfFlowise = sessionId !== undefined && memoryType !== undefined;
  return isOfFlowise && objectsIn(messages).some(({ role }) => role === "bot" || role === "user");
}
