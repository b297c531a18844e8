import type { JsonObject } from "@dpo-kit/schema";
import { isObject } from "../input/file-sample.ts";
import { firstText, objectsIn } from "../input/json-members.ts";
import type { ChatNodeInput } from "../model/chat-node.ts";
import { buildConversation, type Conversation } from "../model/conversation.ts";
import { readOpenWebuiMessage } from "./read-message.ts";

/** The messages of a chat by their ids, and what is known of the chat. */
export interface OpenWebuiChat {
  /** Empty in exports without the row around the chat. */
  readonly id: string;
  readonly chat: JsonObject;
  readonly messages: ReadonlyMap<string, JsonObject>;
}

/** Reads a row with its chat, or the chat alone, as older versions export it; undefined where it is neither. */
export function readChat(row: JsonObject): OpenWebuiChat | undefined {
  const chat = isObject(row.chat) ? row.chat : row;
  const history = isObject(chat.history) ? chat.history.messages : undefined;
  if (!isObject(history)) {
    return undefined;
  }
  const entries = Object.entries(history).filter((entry): entry is [string, JsonObject] =>
    isObject(entry[1]),
  );
  const messages = new Map(entries.map(([key, message]) => [firstText(message.id) ?? key, message]));
  return { id: firstText(row.id) ?? "", chat, messages };
}

/** The tree of a chat. Parents are taken at their word, lists of children are not: they may be empty. */
export function conversationOf({ id, chat, messages }: OpenWebuiChat): Conversation {
  const parallel = parallelMessages(messages);
  const nodes = [...messages].flatMap(([message, content]) =>
    readOpenWebuiMessage(content, {
      id: message,
      parent: firstText(content.parentId) ?? INSTRUCTIONS,
      parallel: parallel.has(message),
    }),
  );
  const history = isObject(chat.history) ? chat.history : {};
  const found = [...messages.values()].some(({ sources }) => objectsIn(sources).length > 0);
  return buildConversation([...instructions(chat), ...nodes], {
    id,
    activeLeaf: firstText(history.currentId),
    // What was found in documents and on the web was put before the model, and is not in the export.
    hiddenInput: found,
  });
}

const INSTRUCTIONS = "instructions";

function instructions({ params, system }: JsonObject): ChatNodeInput[] {
  const content = firstText(isObject(params) ? params.system : undefined, system);
  return content === undefined ? [] : [{ id: INSTRUCTIONS, parent: null, role: "system", content }];
}

/** The answers to one message, by that message. */
export function answersByParent({ messages }: Pick<OpenWebuiChat, "messages">): Map<string, string[]> {
  const byParent = new Map<string, string[]>();
  for (const [id, { parentId, role }] of messages) {
    if (typeof parentId === "string" && role !== "user") {
      const answers = byParent.get(parentId) ?? [];
      byParent.set(parentId, answers);
      answers.push(id);
    }
  }
  return byParent;
}

/** Answers that several models gave at once: each has another place among the models. */
function parallelMessages(messages: ReadonlyMap<string, JsonObject>): ReadonlySet<string> {
  const sideBySide = [...answersByParent({ messages }).values()].filter((answers) => {
    const places = new Set(answers.map((id) => messages.get(id)!.modelIdx));
    return answers.length > 1 && places.size === answers.length && !places.has(undefined);
  });
  return new Set(sideBySide.flat());
}
