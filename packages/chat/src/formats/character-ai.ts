import type { JsonObject, Location } from "@dpo-kit/schema";
import { listTurns } from "../character-ai/list-turns.ts";
import type { ChatFormat, ChatRecord, FileRole } from "../chat-format.ts";
import { type FileSample, isObject } from "../input/file-sample.ts";
import { firstText, objectsIn } from "../input/json-members.ts";
import { readEach } from "../input/read-each.ts";
import { buildConversation } from "../model/conversation.ts";
import { placeAlternatives } from "../model/place-alternatives.ts";

/** Character.AI's chats, as browser extensions save them. */
export const characterAi: ChatFormat = {
  id: "character-ai",
  title: "a Character.AI chat",
  detail:
    "The turns of a chat as the web interface gets them: the candidate that is shown over the others, where the user " +
    "went on from it. The definition of the character is not in them.",
  signals: ["swipe"],
  detect,
  read: (input) => readEach(input, "chats", readChat),
};

function detect({ values }: FileSample): FileRole | undefined {
  const isFound = values.some(
    (value) =>
      objectsIn(value.turns).some(({ candidates }) => Array.isArray(candidates)) ||
      historiesIn(value).some(({ msgs }) => Array.isArray(msgs)),
  );
  return isFound ? { role: "chats", why: "its turns have candidates" } : undefined;
}

/** Older dumps: lists of messages, each as it was shown. */
function historiesIn({ histories }: JsonObject): JsonObject[] {
  return isObject(histories) ? objectsIn(histories.histories) : [];
}

function readChat(value: JsonObject, at: Location): ChatRecord {
  const turns = objectsIn(value.turns);
  if (turns.length === 0) {
    const reason = historiesIn(value).length > 0 ? "no-candidates" : "no-messages";
    return { kind: "skipped", at, reason };
  }
  const key = isObject(turns[0]!.turn_key) ? turns[0]!.turn_key : {};
  const conversation = buildConversation(placeAlternatives(listTurns(turns)), {
    id: firstText(key.chat_id) ?? "",
    alternatives: "swipe",
    hiddenInput: true,
  });
  return { kind: "judged", at, conversation, judgements: [] };
}
