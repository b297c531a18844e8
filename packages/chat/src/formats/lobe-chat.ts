import type { JsonObject } from "@dpo-kit/schema";
import type { BareFormat } from "../chat-format.ts";
import { isObject } from "../input/file-sample.ts";
import { objectsIn } from "../input/json-members.ts";

/** Exports of LobeChat. */
export const lobeChat: BareFormat = {
  id: "lobe-chat",
  title: "a LobeChat export",
  reason: "messages can only be marked as favourites, which compares nothing.",
  advice:
    "Chat in Open WebUI instead, which keeps the answers that were made again and their ratings, and convert its export.",
  detect: ({ values }) =>
    values.some((value) => [value, value.state, value.data].some((each) => isObject(each) && isExport(each))),
};

/** Behind a long list of messages the other lists may not be seen: then its messages tell. */
function isExport({ messages, sessions, topics }: JsonObject): boolean {
  const hasLists = Array.isArray(sessions) && Array.isArray(topics);
  const isOfSession = objectsIn(messages).some(
    ({ sessionId, topicId }) => sessionId !== undefined && topicId !== undefined,
  );
  return Array.isArray(messages) && (hasLists || isOfSession);
}
