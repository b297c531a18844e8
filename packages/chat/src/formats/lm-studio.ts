import type { JsonObject, Location } from "@dpo-kit/schema";
import type { ChatFormat, ChatRecord } from "../chat-format.ts";
import { firstText, objectsIn } from "../input/json-members.ts";
import { readEach } from "../input/read-each.ts";
import { readLmStudioVersion } from "../lm-studio/read-version.ts";
import type { MessageNode } from "../model/chat-node.ts";
import { buildConversation } from "../model/conversation.ts";
import { type Position, placeAlternatives } from "../model/place-alternatives.ts";

/** LM Studio's conversations, a file each. */
export const lmStudio: ChatFormat = {
  id: "lm-studio",
  title: "an LM Studio conversation",
  detail:
    "~/.lmstudio/conversations/*.conversation.json. Versions of an answer: the one that is shown, where the user went " +
    "on from it.",
  signals: ["swipe"],
  detect: ({ values }) =>
    values.some(({ messages }) => objectsIn(messages).some(({ versions }) => Array.isArray(versions)))
      ? { role: "conversations", why: "its messages have versions" }
      : undefined,
  read: (input) => readEach(input, "conversations", readConversation),
};

function readConversation(value: JsonObject, at: Location): ChatRecord {
  const messages = objectsIn(value.messages);
  if (messages.length === 0) {
    return { kind: "skipped", at, reason: "no-messages" };
  }
  const positions = [...instructions(value), ...messages.map(readPosition)];
  const conversation = buildConversation(placeAlternatives(positions), {
    id: String(value.createdAt ?? ""),
    alternatives: "swipe",
  });
  return { kind: "judged", at, conversation, judgements: [] };
}

function instructions({ systemPrompt: content }: JsonObject): Position[] {
  const message: MessageNode = { id: "instructions", role: "system", content: firstText(content) ?? "" };
  return typeof content === "string" ? [{ alternatives: [[message]], selected: 0 }] : [];
}

function readPosition({ versions, currentlySelected: selected }: JsonObject, index: number): Position {
  const alternatives = objectsIn(versions).map((version, number) =>
    readLmStudioVersion(version, `${index}.${number}`),
  );
  return { alternatives, selected: typeof selected === "number" ? selected : -1 };
}
