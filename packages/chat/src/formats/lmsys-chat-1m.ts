import type { BareFormat } from "../chat-format.ts";
import { hasText } from "../input/plain-conversations.ts";

/** The data set lmsys/lmsys-chat-1m. */
export const lmsysChat1m: BareFormat = {
  id: "lmsys-chat-1m",
  title: "a file of LMSYS-Chat-1M",
  reason: "its conversations are with one model each, and nobody voted on them.",
  advice: "Use lmsys/chatbot_arena_conversations instead, where people voted between two answers.",
  detect: ({ values }) =>
    values.some(
      (value) =>
        hasText(value.conversation, "role") && Array.isArray(value.openai_moderation) && "model" in value,
    ),
};
