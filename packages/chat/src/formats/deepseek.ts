import type { JsonObject, Location } from "@dpo-kit/schema";
import type { ChatFormat, ChatRecord, FileRole } from "../chat-format.ts";
import { isNested, listNested } from "../deepseek/list-nested.ts";
import { readDeepseekMessage } from "../deepseek/read-message.ts";
import { type FileSample, isObject } from "../input/file-sample.ts";
import { firstText, objectsIn } from "../input/json-members.ts";
import { readEach } from "../input/read-each.ts";
import type { ChatNodeInput } from "../model/chat-node.ts";
import { buildConversation } from "../model/conversation.ts";

/** DeepSeek's data export, and conversations as its web interface gets them. */
export const deepseek: ChatFormat = {
  id: "deepseek",
  title: "a DeepSeek export",
  detail:
    "Settings > Data > Export: conversations.json; or the answer of history_messages, as exporters save it. Answers " +
    "that were made again.",
  signals: ["kept"],
  detect,
  read: (input) => readEach(input, "conversations", readConversation),
};

function detect({ values }: FileSample): FileRole | undefined {
  if (values.some(isExported)) {
    return { role: "conversations", why: "its conversations have a mapping of nodes and inserted_at" };
  }
  if (values.some((value) => sessionIn(value) !== undefined)) {
    return { role: "conversations", why: "it holds data.biz_data.chat_messages" };
  }
  return values.length > 0 && values.every(isNested)
    ? { role: "conversations", why: "its messages have thoughts and children" }
    : undefined;
}

function isExported({ mapping, inserted_at }: JsonObject): boolean {
  return isObject(mapping) && inserted_at !== undefined;
}

/** What the web interface is answered; undefined where it is something else. */
function sessionIn({ data }: JsonObject): JsonObject | undefined {
  const session = isObject(data) ? data.biz_data : undefined;
  return isObject(session) && Array.isArray(session.chat_messages) ? session : undefined;
}

function readConversation(value: JsonObject, at: Location): ChatRecord {
  const session = sessionIn(value);
  const nodes = isNested(value)
    ? listNested(value)
    : session === undefined
      ? exportedNodes(value)
      : capturedNodes(session);
  if (nodes.length === 0) {
    return { kind: "skipped", at, reason: "no-messages" };
  }
  const facts = isObject(session?.chat_session) ? session.chat_session : value;
  const { current_message_id: leaf } = facts;
  const conversation = buildConversation(nodes, {
    id: firstText(facts.id) ?? "",
    ...(leaf === undefined || leaf === null ? {} : { activeLeaf: String(leaf) }),
  });
  return { kind: "judged", at, conversation, judgements: [] };
}

/** Laid out like ChatGPT's: nodes by their ids, with a root that holds no message. */
function exportedNodes({ mapping }: JsonObject): ChatNodeInput[] {
  const entries = isObject(mapping) ? Object.entries(mapping) : [];
  return entries.flatMap(([id, node]) => {
    if (!isObject(node)) {
      return [];
    }
    const parent = firstText(node.parent) ?? null;
    return isObject(node.message)
      ? readDeepseekMessage(node.message, { id, parent })
      : [{ id, parent, role: "system" as const, content: "" }];
  });
}

/** Ids are numbers here. */
function capturedNodes({ chat_messages: messages }: JsonObject): ChatNodeInput[] {
  return objectsIn(messages).flatMap((message, index) => {
    const { message_id: id = `message-${index}`, parent_id: parent = null } = message;
    return readDeepseekMessage(message, { id: String(id), parent: parent === null ? null : String(parent) });
  });
}
