import type { BareFormat } from "../chat-format.ts";
import { hasText } from "../input/plain-conversations.ts";

/** The data set allenai/WildChat, in all its sizes. */
export const wildchat: BareFormat = {
  id: "wildchat",
  title: "a file of WildChat",
  reason: "its conversations are with one model each, and nobody judged them.",
  advice: "Use lmsys/chatbot_arena_conversations instead, where people voted between two answers.",
  detect: ({ values }) =>
    values.some(
      (value) => hasText(value.conversation, "role") && typeof value.conversation_hash === "string",
    ),
};
