import type { BareFormat } from "../chat-format.ts";
import { arePlainConversations } from "../input/plain-conversations.ts";

/** Conversations for supervised fine-tuning, as OpenAI takes them: `messages` with roles. */
export const openaiMessages: BareFormat = {
  id: "openai-messages",
  title: "a file of OpenAI messages",
  reason:
    "each conversation has one answer to each message; weight says which messages are trained on, not which are better.",
  advice: "Add a worse answer to each conversation, in the columns chosen and rejected, and convert that.",
  detect: ({ values }) => arePlainConversations(values, { messages: "messages", role: "role" }),
};
