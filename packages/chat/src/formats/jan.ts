import type { BareFormat } from "../chat-format.ts";

/** Threads of Jan: `messages.jsonl` and `thread.json`. */
export const jan: BareFormat = {
  id: "jan",
  title: "a thread of Jan",
  reason: "a new answer takes the place of the old one, and answers cannot be rated.",
  advice:
    "Chat in Open WebUI instead, which keeps the answers that were made again and their ratings, and convert its export.",
  detect: ({ values }) =>
    values.some(
      ({ object, thread_id, assistants }) =>
        (object === "thread.message" && typeof thread_id === "string") ||
        (object === "thread" && Array.isArray(assistants)),
    ),
};
