import type { JsonObject, Location } from "@dpo-kit/schema";
import type { ChatFormat, ChatRecord, FileRole } from "../chat-format.ts";
import { readHuggingchatMessage } from "../huggingchat/read-message.ts";
import { type FileSample, isObject } from "../input/file-sample.ts";
import { firstText, objectsIn } from "../input/json-members.ts";
import { readEach } from "../input/read-each.ts";
import type { ChatNodeInput } from "../model/chat-node.ts";
import { buildConversation } from "../model/conversation.ts";
import type { Judgement } from "../model/judgement.ts";

/** Exports of HuggingChat and of other servers that run chat-ui. */
export const huggingchat: ChatFormat = {
  id: "huggingchat",
  title: "a HuggingChat export",
  detail:
    "The ZIP of a chat-ui server (ENABLE_DATA_EXPORT), or its conversations.json. Thumbs, which servers of before 2025 " +
    "kept, and answers that were made again.",
  signals: ["thumbs", "thumbs-one-sided", "kept"],
  detect,
  read: (input) => readEach(input, "conversations", readConversation),
};

function detect({ values }: FileSample): FileRole | undefined {
  const isFound = values.some(({ messages }) =>
    objectsIn(messages).some(({ from, content }) => typeof from === "string" && typeof content === "string"),
  );
  return isFound ? { role: "conversations", why: "its messages have from and content" } : undefined;
}

function readConversation(value: JsonObject, at: Location): ChatRecord {
  const messages = objectsIn(value.messages);
  if (messages.length === 0) {
    return { kind: "skipped", at, reason: "no-messages" };
  }
  const ids = messages.map(({ id }, index) => firstText(id) ?? `message-${index}`);
  const parents = parentsOf(messages, ids);
  const nodes = messages.flatMap((message, index) =>
    readHuggingchatMessage(message, { id: ids[index]!, parent: parents[index]! }),
  );
  const judgements = messages.flatMap(({ score }, index): Judgement[] =>
    score === 1 || score === -1 ? [{ kind: "thumb", turn: ids[index]!, up: score === 1 }] : [],
  );
  const conversation = buildConversation([...instructions(value, messages), ...nodes], { id: idOf(value) });
  return { kind: "judged", at, conversation, judgements };
}

const INSTRUCTIONS = "instructions";

/** The last of a message's ancestors is its parent; servers of before 2024 kept a list, without ancestors. */
function parentsOf(messages: readonly JsonObject[], ids: readonly string[]): string[] {
  const isTree = messages.some(({ ancestors }) => Array.isArray(ancestors));
  return messages.map(({ ancestors }, index) => {
    const parent = Array.isArray(ancestors) ? firstText(ancestors.at(-1)) : undefined;
    return parent ?? (isTree ? undefined : ids[index - 1]) ?? INSTRUCTIONS;
  });
}

/** Instructions stand in a message of their own; before, they stood beside the messages. */
function instructions({ preprompt }: JsonObject, messages: readonly JsonObject[]): ChatNodeInput[] {
  const content = messages.some(({ from }) => from === "system") ? undefined : firstText(preprompt);
  return content === undefined ? [] : [{ id: INSTRUCTIONS, parent: null, role: "system", content }];
}

/** As text, or as MongoDB's extended JSON writes it. */
function idOf({ _id: id }: JsonObject): string {
  return firstText(id, isObject(id) ? id.$oid : undefined) ?? "";
}
