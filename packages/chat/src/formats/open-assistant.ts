import type { JsonObject, Location } from "@dpo-kit/schema";
import type { ChatFormat, ChatRecord } from "../chat-format.ts";
import { isObject } from "../input/file-sample.ts";
import { firstText } from "../input/json-members.ts";
import { readEach } from "../input/read-each.ts";
import { buildConversation } from "../model/conversation.ts";
import { listReplies } from "../open-assistant/list-replies.ts";
import { rankingsOf } from "../open-assistant/rankings-of.ts";

/** Open Assistant's trees of messages, written and ranked by volunteers. */
export const openAssistant: ChatFormat = {
  id: "open-assistant",
  title: "trees of Open Assistant",
  detail:
    "https://huggingface.co/datasets/OpenAssistant/oasst2: *.trees.jsonl. Ranks of the answers to one message; " +
    "deleted messages and those that failed their review are left out, with what hangs below them.",
  signals: ["rank"],
  detect: ({ values }) =>
    values.some(({ message_tree_id, prompt }) => typeof message_tree_id === "string" && isObject(prompt))
      ? { role: "trees", why: "its trees have a message_tree_id and a prompt" }
      : undefined,
  read: (input) => readEach(input, "trees", readTree),
};

function readTree({ message_tree_id, tree_state: state, prompt }: JsonObject, at: Location): ChatRecord {
  if (state !== undefined && state !== null && state !== "ready_for_export") {
    return { kind: "skipped", at, reason: "tree-not-ready" };
  }
  const replies = isObject(prompt) ? listReplies(prompt) : [];
  if (replies.length === 0) {
    return { kind: "skipped", at, reason: "no-messages" };
  }
  const nodes = replies.map(({ id, parent, isUsers, text }) => {
    const role = isUsers ? ("user" as const) : ("assistant" as const);
    return { id, parent, role, content: text, status: "done" as const };
  });
  const conversation = buildConversation(nodes, {
    id: firstText(message_tree_id) ?? "",
    alternatives: "none",
  });
  return { kind: "judged", at, conversation, judgements: rankingsOf(replies) };
}
