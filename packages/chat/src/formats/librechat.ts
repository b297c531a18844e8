import type { JsonObject, Location } from "@dpo-kit/schema";
import type { ChatFormat, ChatRecord, FileRole } from "../chat-format.ts";
import { type FileSample, isObject } from "../input/file-sample.ts";
import { firstText } from "../input/json-members.ts";
import { readEach } from "../input/read-each.ts";
import { BEGINNING, listLibrechatMessages } from "../librechat/list-messages.ts";
import { readLibrechatMessage } from "../librechat/read-message.ts";
import type { ChatNodeInput } from "../model/chat-node.ts";
import { buildConversation } from "../model/conversation.ts";
import type { Judgement } from "../model/judgement.ts";

/** LibreChat's export of a conversation as JSON, in all its layouts: nested or flat, with branches or without. */
export const librechat: ChatFormat = {
  id: "librechat",
  title: "a LibreChat export",
  detail:
    "Chat menu > Export > json, with all branches. Thumbs, and answers that were made again; the exports as text, " +
    "Markdown and CSV have neither.",
  signals: ["thumbs", "thumbs-one-sided", "kept"],
  detect,
  read: (input) => readEach(input, "conversations", readConversation),
};

function detect({ values }: FileSample): FileRole | undefined {
  const isFound = values.some(
    (value) =>
      typeof value.conversationId === "string" &&
      (Array.isArray(value.messagesTree) || Array.isArray(value.messages)),
  );
  return isFound ? { role: "conversations", why: "it has a conversationId and messages" } : undefined;
}

function readConversation(value: JsonObject, at: Location): ChatRecord {
  const messages = listLibrechatMessages(value);
  if (messages.length === 0) {
    return { kind: "skipped", at, reason: "no-messages" };
  }
  const nodes = [...instructions(value), ...messages.flatMap(readLibrechatMessage)];
  const judgements = messages.flatMap(({ id, message }): Judgement[] => {
    const rating = isObject(message.feedback) ? message.feedback.rating : undefined;
    return rating === "thumbsUp" || rating === "thumbsDown"
      ? [{ kind: "thumb", turn: id, up: rating === "thumbsUp" }]
      : [];
  });
  const conversation = buildConversation(nodes, { id: firstText(value.conversationId) ?? "" });
  return { kind: "judged", at, conversation, judgements };
}

/** What is said before every message stands in the options, where they were exported. */
function instructions({ options }: JsonObject): ChatNodeInput[] {
  const { promptPrefix, system } = isObject(options) ? options : {};
  const content = firstText(promptPrefix, system);
  return content === undefined ? [] : [{ id: BEGINNING, parent: null, role: "system", content }];
}
