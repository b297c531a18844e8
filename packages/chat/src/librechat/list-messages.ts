import type { JsonObject } from "@dpo-kit/schema";
import { firstText, objectsIn } from "../input/json-members.ts";

/** A message and its place. */
export interface PlacedMessage {
  readonly message: JsonObject;
  readonly id: string;
  readonly parent: string;
}

/** The id of what stands before the first message: the parent of all roots. */
export const BEGINNING = "instructions";

/**
 * The messages of an export, parents before what follows them. Four layouts are known: `messagesTree` and, before it,
 * `messages` with nested `children`; `messages` in a row, each naming its parent; and the visible messages alone, where
 * one follows the other.
 */
export function listLibrechatMessages(value: JsonObject): PlacedMessage[] {
  const { messagesTree, messages, branches, recursive } = value;
  const roots = objectsIn(messagesTree ?? messages);
  return branches === false && recursive !== true && messagesTree === undefined
    ? inARow(roots)
    : inATree(roots);
}

function inARow(messages: readonly JsonObject[]): PlacedMessage[] {
  let parent = BEGINNING;
  return messages.map((message, index) => {
    const placed = { message, id: firstText(message.messageId) ?? `message-${index}`, parent };
    parent = placed.id;
    return placed;
  });
}

/** Without recursion: chats are nested as deep as they are long. */
function inATree(roots: readonly JsonObject[]): PlacedMessage[] {
  const placed: PlacedMessage[] = [];
  const pending = roots.map((message) => ({ message, above: BEGINNING })).reverse();
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { message, above } = next;
    const id = firstText(message.messageId) ?? `message-${placed.length}`;
    const stated = firstText(message.parentMessageId);
    const isNested = above !== BEGINNING;
    placed.push({ message, id, parent: isNested || stated === undefined ? above : stated });
    for (const child of objectsIn(message.children).reverse()) {
      pending.push({ message: child, above: id });
    }
  }
  return withKnownParents(placed);
}

/** The parent of a first message is no message: `00000000-0000-0000-0000-000000000000`. */
function withKnownParents(placed: readonly PlacedMessage[]): PlacedMessage[] {
  const known = new Set(placed.map(({ id }) => id));
  return placed.map((each) => (known.has(each.parent) ? each : { ...each, parent: BEGINNING }));
}
