import type { JsonObject, Location } from "@dpo-kit/schema";
import type { ChatFormat, ChatRecord } from "../chat-format.ts";
import { readClaudeMessages } from "../claude/read-messages.ts";
import { isObject } from "../input/file-sample.ts";
import { firstText } from "../input/json-members.ts";
import { readEach } from "../input/read-each.ts";
import { buildConversation } from "../model/conversation.ts";

/** Claude.ai's data export, and conversations as its web interface has them. Neither holds ratings. */
export const claude: ChatFormat = {
  id: "claude",
  title: "a Claude.ai export",
  detail:
    "Settings > Privacy > Export data: conversations.json. Answers that were made again, in exports that say which " +
    "message follows which.",
  signals: ["kept"],
  detect: ({ values }) =>
    values.some(({ chat_messages }) => Array.isArray(chat_messages))
      ? { role: "conversations", why: "its conversations have chat_messages" }
      : undefined,
  read: (input) => readEach(input, "conversations", readConversation),
};

function readConversation(value: JsonObject, at: Location, { text }: { text?: string }): ChatRecord {
  const nodes = readClaudeMessages(value, text);
  if (nodes.length === 0) {
    return { kind: "skipped", at, reason: "no-messages" };
  }
  const conversation = buildConversation(nodes, {
    id: firstText(value.uuid) ?? "",
    activeLeaf: firstText(value.current_leaf_message_uuid),
    // A project's instructions and files are not in the export.
    hiddenInput: isObject(value.project) || typeof value.project_uuid === "string",
  });
  return { kind: "judged", at, conversation, judgements: [] };
}
