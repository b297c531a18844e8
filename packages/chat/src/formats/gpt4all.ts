import type { JsonObject, Location } from "@dpo-kit/schema";
import type { ChatFormat, ChatRecord } from "../chat-format.ts";
import { firstText, objectsIn } from "../input/json-members.ts";
import { readEach } from "../input/read-each.ts";
import type { MessageNode } from "../model/chat-node.ts";
import { buildConversation, chainNodes } from "../model/conversation.ts";
import type { Judgement } from "../model/judgement.ts";

/**
 * Conversations as GPT4All contributes them to its datalake. What somebody wrote in place of an answer stands in
 * `edited_content`. https://github.com/nomic-ai/gpt4all-datalake
 */
export const gpt4all: ChatFormat = {
  id: "gpt4all",
  title: "a GPT4All contribution",
  detail: "Conversations of the datalake: answers with a thumb down for which somebody wrote a better one.",
  signals: ["correction"],
  detect: ({ values }) =>
    values.some(isContribution)
      ? { role: "conversations", why: "its conversations have an agent_id and a prompt_template" }
      : undefined,
  read: (input) => readEach(input, "conversations", readConversation),
};

function isContribution({ agent_id, prompt_template: template, conversation }: JsonObject): boolean {
  const isRated = objectsIn(conversation).some((each) => "edited_content" in each || "rating" in each);
  return (
    Array.isArray(conversation) && typeof agent_id === "string" && (typeof template === "string" || isRated)
  );
}

function readConversation(value: JsonObject, at: Location): ChatRecord {
  const messages = objectsIn(value.conversation);
  if (messages.length === 0) {
    return { kind: "skipped", at, reason: "no-messages" };
  }
  const model = firstText(value.agent_id);
  const nodes = messages.map((message, index) => readMessage(message, { id: `message-${index}`, model }));
  const conversation = buildConversation(chainNodes(nodes), { id: "" });
  const judgements = messages.flatMap((message, index) => judgementsOf(message, `message-${index}`));
  return { kind: "judged", at, conversation, judgements };
}

function readMessage(
  { role, content, stopped }: JsonObject,
  { id, model }: { id: string; model: string | undefined },
): MessageNode {
  const text = firstText(content) ?? "";
  if (role === "system" || role === "user") {
    return { id, role, content: text };
  }
  const status = stopped === true ? "partial" : "done";
  return { id, role: "assistant", content: text, status, ...(model === undefined ? {} : { model }) };
}

/** The interface asks for a better answer where the thumb goes down. */
function judgementsOf({ role, rating, edited_content: edited }: JsonObject, turn: string): Judgement[] {
  if (role === "user" || role === "system" || (rating !== "positive" && rating !== "negative")) {
    return [];
  }
  const thumb: Judgement = { kind: "thumb", turn, up: rating === "positive" };
  const isCorrected = rating === "negative" && typeof edited === "string" && edited !== "";
  return isCorrected ? [thumb, { kind: "edit", turn, text: edited, textIs: "edited" }] : [thumb];
}
