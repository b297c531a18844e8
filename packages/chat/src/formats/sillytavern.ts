import type { JsonObject, Location } from "@dpo-kit/schema";
import type { ChatFormat, ChatRecord } from "../chat-format.ts";
import { readEachFile } from "../input/read-each-file.ts";
import { buildConversation } from "../model/conversation.ts";
import { placeAlternatives } from "../model/place-alternatives.ts";
import { readLine } from "../sillytavern/read-line.ts";

/** SillyTavern's chats: a file each, with a message on each line. */
export const sillytavern: ChatFormat = {
  id: "sillytavern",
  title: "a SillyTavern chat",
  detail:
    "data/<user>/chats/<character>/*.jsonl. Swipes: the one that is shown, where the user went on from it. The " +
    "character and the lore that the model saw are not in the file; chats with several characters are left out.",
  signals: ["swipe"],
  detect: ({ values }) =>
    values.some((value) => typeof value.user_name === "string" && typeof value.character_name === "string")
      ? { role: "chats", why: "its first line names the user and the character" }
      : undefined,
  read: (input) => readEachFile(input, "chats", readChat),
};

function readChat(lines: readonly JsonObject[], at: Location): ChatRecord {
  // Hidden messages are not sent to the model; the first line is no message.
  const messages = lines.filter(({ mes, is_system }) => typeof mes === "string" && is_system !== true);
  if (messages.length === 0) {
    return { kind: "skipped", at, reason: "no-messages" };
  }
  const speakers = new Set(messages.filter(({ is_user }) => is_user !== true).map(({ name }) => name));
  if (speakers.size > 1) {
    return { kind: "skipped", at, reason: "group-chat" };
  }
  const conversation = buildConversation(placeAlternatives(messages.map(readLine)), {
    id: "",
    alternatives: "swipe",
    hiddenInput: true,
  });
  return { kind: "judged", at, conversation, judgements: [] };
}
