import type { BareFormat } from "../chat-format.ts";
import { isObject } from "../input/file-sample.ts";
import { objectsIn } from "../input/json-members.ts";

/** Exports of TypingMind. */
export const typingMind: BareFormat = {
  id: "typing-mind",
  title: "a TypingMind export",
  reason: "its chats are lists of messages, without ratings and without other tries.",
  advice:
    "Chat in Open WebUI instead, which keeps the answers that were made again and their ratings, and convert its export.",
  detect: ({ values }) =>
    values.some(({ data, chats }) =>
      [chats, isObject(data) ? data.chats : undefined]
        .flatMap(objectsIn)
        .some(({ chatID }) => typeof chatID === "string"),
    ),
};
