import type { BareFormat } from "../chat-format.ts";
import { arePlainConversations } from "../input/plain-conversations.ts";

/** ShareGPT's conversations, of supervised fine-tuning. */
export const sharegpt: BareFormat = {
  id: "sharegpt",
  title: "a ShareGPT file",
  reason: "each conversation has one answer to each message.",
  advice: "Add a worse answer to each conversation, in the columns chosen and rejected, and convert that.",
  detect: ({ values }) => arePlainConversations(values, { messages: "conversations", role: "from" }),
};
