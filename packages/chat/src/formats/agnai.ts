import type { JsonObject, JsonValue, Location } from "@dpo-kit/schema";
import type { ChatFormat, ChatRecord } from "../chat-format.ts";
import { firstText, objectsIn } from "../input/json-members.ts";
import { readEach } from "../input/read-each.ts";
import type { MessageNode } from "../model/chat-node.ts";
import { buildConversation } from "../model/conversation.ts";
import { type Position, placeAlternatives } from "../model/place-alternatives.ts";

/** Agnai's chats. */
export const agnai: ChatFormat = {
  id: "agnai",
  title: "an Agnai chat",
  detail:
    "Chat > Export: the answer that is shown over the tries before it, where the user went on from it. The character " +
    "is not read; chats with several characters are left out.",
  signals: ["swipe"],
  detect: ({ values }) =>
    values.some(({ messages }) => objectsIn(messages).some(isMessage))
      ? { role: "chats", why: "its messages have msg, and a userId or a characterId" }
      : undefined,
  read: (input) => readEach(input, "chats", readChat),
};

function isMessage({ msg, userId, characterId }: JsonObject): boolean {
  return typeof msg === "string" && (typeof userId === "string" || typeof characterId === "string");
}

function readChat(value: JsonObject, at: Location): ChatRecord {
  const messages = objectsIn(value.messages).filter(({ msg }) => typeof msg === "string");
  if (messages.length === 0) {
    return { kind: "skipped", at, reason: "no-messages" };
  }
  const characters = new Set(messages.filter((message) => !isUsers(message)).map((each) => each.characterId));
  if (characters.size > 1) {
    return { kind: "skipped", at, reason: "group-chat" };
  }
  const conversation = buildConversation(placeAlternatives(positionsOf(messages)), {
    id: firstText(value._id, value.id) ?? "",
    activeLeaf: firstText(value.treeLeafId),
    alternatives: "swipe",
    hiddenInput: true,
  });
  return { kind: "judged", at, conversation, judgements: [] };
}

/** Newer chats are trees, and name the message before. */
function positionsOf(messages: readonly JsonObject[]): Position[] {
  const ids = messages.map(({ _id: id }, index) => firstText(id) ?? `message-${index}`);
  const known = new Set(ids);
  return messages.map((message, index) => {
    const parent = firstText(message.parent);
    const isKnown = parent !== undefined && known.has(parent);
    return { ...readPosition(message, ids[index]!), ...(isKnown ? { parent } : {}) };
  });
}

/** `retries` are the tries that were not kept; those of the first message are other greetings. */
function readPosition(message: JsonObject, id: string): Position {
  const role = message.system === true ? "system" : isUsers(message) ? "user" : "assistant";
  const content = firstText(message.msg) ?? "";
  const tries = role === "assistant" ? textsIn(message.retries) : [];
  const alternatives: MessageNode[][] = [
    [{ id, role, content }],
    ...tries.map((text, index): MessageNode[] => [{ id: `${id}/${index}`, role, content: text }]),
  ];
  return { alternatives, selected: 0 };
}

function textsIn(list: JsonValue | undefined): string[] {
  return Array.isArray(list) ? list.filter((each) => typeof each === "string") : [];
}

function isUsers({ userId, characterId }: JsonObject): boolean {
  return typeof userId === "string" && typeof characterId !== "string";
}
