import type { JsonObject, JsonValue } from "@dpo-kit/schema";
import { isObject } from "../input/file-sample.ts";
import { normaliseId } from "../input/join-table.ts";
import type { ChatNodeInput } from "../model/chat-node.ts";
import { buildConversation, type Conversation } from "../model/conversation.ts";
import { readMessage } from "./read-message.ts";

/** A conversation, and its nodes by the ids under which ratings speak of them. */
export interface MappedConversation {
  readonly conversation: Conversation;
  /** Node ids by normalised ids, of nodes and of their messages. */
  readonly nodeIds: ReadonlyMap<string, string>;
}

/** Reads a conversation with a `mapping` of nodes; undefined where it has none, as happens in exports. */
export function readMapping(value: JsonObject): MappedConversation | undefined {
  const { mapping, current_node: activeLeaf } = value;
  if (!isObject(mapping)) {
    return undefined;
  }
  const entries = Object.entries(mapping).filter((entry): entry is [string, JsonObject] =>
    isObject(entry[1]),
  );
  const stated = parentsByChildren(entries);
  const nodes: ChatNodeInput[] = [];
  const nodeIds = new Map<string, string>();
  for (const [id, { message, parent }] of entries) {
    nodes.push({ ...readMessage(message, id), parent: typeof parent === "string" ? parent : stated.get(id) });
    nodeIds.set(normaliseId(id), id);
    if (isObject(message) && typeof message.id === "string" && message.id !== id) {
      nodeIds.set(normaliseId(message.id), id);
    }
  }
  const facts = {
    id: conversationId(value),
    ...(typeof activeLeaf === "string" ? { activeLeaf } : {}),
  };
  return { conversation: buildConversation(nodes, facts), nodeIds };
}

/** The parent of each node by the lists of children: damaged exports may lack the other direction. */
function parentsByChildren(entries: readonly [string, JsonObject][]): ReadonlyMap<string, string> {
  const parents = new Map<string, string>();
  for (const [id, { children }] of entries) {
    for (const child of Array.isArray(children) ? children : []) {
      if (typeof child === "string" && child !== id && !parents.has(child)) {
        parents.set(child, id);
      }
    }
  }
  return parents;
}

/** The id of a conversation, of one of the names it has had. */
export function conversationId({ conversation_id: newer, id }: Readonly<Record<string, JsonValue>>): string {
  const found = [newer, id].find((each) => typeof each === "string");
  return typeof found === "string" ? found : "";
}
