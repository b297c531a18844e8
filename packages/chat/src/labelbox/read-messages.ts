import type { JsonObject, JsonValue } from "@dpo-kit/schema";
import { isObject } from "../input/file-sample.ts";
import { firstText, objectsIn } from "../input/json-members.ts";
import { readMessageList } from "../messages/read-message-list.ts";
import type { ChatNodeInput } from "../model/chat-node.ts";
import type { EvaluationTask } from "./read-task.ts";

/**
 * Reads the messages of a data row: a map by their ids, or a list with ids. What comes before a message is what it
 * says itself, or what names it as a child, or what a task says it answers; else an answer follows the user's message
 * before it, and a user's message what stands before it.
 */
export function readMessages(row: JsonObject, tasks: readonly EvaluationTask[]): ChatNodeInput[] {
  const messages = listMessages(row.messages);
  const parents = knownParents(messages, tasks);
  const nodes: ChatNodeInput[] = [];
  let before: string | null = null;
  let asked: string | null = null;
  for (const { id, message } of messages) {
    const [node] = readMessageList({ ...message, role: roleOf(message, row) }, { prefix: id }) ?? [];
    if (node === undefined) {
      continue;
    }
    const parent: string | null = node.role === "assistant" ? (asked ?? before) : before;
    nodes.push({ ...node, ...modelOf(message), id, parent: parents.get(id) ?? parent });
    before = id;
    asked = node.role === "user" ? id : asked;
  }
  return nodes;
}

interface Listed {
  readonly id: string;
  readonly message: JsonObject;
}

function listMessages(messages: JsonValue | undefined): Listed[] {
  if (isObject(messages)) {
    return Object.entries(messages).flatMap(([id, message]) => (isObject(message) ? [{ id, message }] : []));
  }
  return objectsIn(messages).flatMap((message) => {
    const id = firstText(message.id, message.messageId);
    return id === undefined ? [] : [{ id, message }];
  });
}

function knownParents(
  messages: readonly Listed[],
  tasks: readonly EvaluationTask[],
): ReadonlyMap<string, string> {
  const parents = new Map<string, string>();
  for (const { parent, named } of tasks) {
    for (const id of parent === undefined ? [] : named) {
      parents.set(id, parent!);
    }
  }
  for (const { id, message } of messages) {
    for (const child of Array.isArray(message.childMessageIds) ? message.childMessageIds : []) {
      parents.set(String(child), id);
    }
    const parent = firstText(message.parentMessageId);
    if (parent !== undefined) {
      parents.set(id, parent);
    }
  }
  return parents;
}

/** A message has a role, or an actor who has one. */
function roleOf({ role, actorId }: JsonObject, { actors }: JsonObject): string {
  const actor = isObject(actors) && typeof actorId === "string" ? actors[actorId] : undefined;
  const name = firstText(role, isObject(actor) ? actor.role : undefined) ?? "";
  return name === "model" ? "assistant" : name === "human" ? "user" : name;
}

function modelOf({ modelConfigName }: JsonObject): { model?: string } {
  return typeof modelConfigName === "string" ? { model: modelConfigName } : {};
}
