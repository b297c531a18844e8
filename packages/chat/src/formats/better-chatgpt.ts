import type { BareFormat } from "../chat-format.ts";
import { objectsIn } from "../input/json-members.ts";
import { hasText } from "../input/plain-conversations.ts";

/** Exports of BetterChatGPT. */
export const betterChatgpt: BareFormat = {
  id: "better-chatgpt",
  title: "a BetterChatGPT export",
  reason: "a new answer takes the place of the old one, and answers cannot be rated.",
  advice:
    "Chat in Open WebUI instead, which keeps the answers that were made again and their ratings, and convert its export.",
  detect: ({ values }) =>
    values.some(
      (value) =>
        typeof value.version === "number" &&
        objectsIn(value.chats).some(({ messages }) => hasText(messages, "role")),
    ),
};
