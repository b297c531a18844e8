import type { JsonValue } from "@dpo-kit/schema";
import type { ChatNode, ChatNodeInput, MessageNode } from "./chat-node.ts";

/** What is known of a conversation beside its messages. */
export interface ConversationFacts {
  /** As the source knows it, for the provenance. */
  readonly id: string;
  /** Functions the assistant could call, in any spelling `normaliseTools` reads; carried JSON where it can be. */
  readonly tools?: JsonValue | undefined;
  /** The leaf that was shown last. Decides only among the ends of one turn; never what was preferred. */
  readonly activeLeaf?: string | undefined;
  /**
   * What several answers to one message are: tries of which the user kept one by going on (`kept`, the default),
   * alternatives in place of which one is selected (`swipe`), or answers by several people, where what followed says
   * nothing of them (`none`).
   */
  readonly alternatives?: "kept" | "swipe" | "none" | undefined;
  /** Whether the export is known to leave out input that the model saw, such as a character card. Default: false. */
  readonly hiddenInput?: boolean | undefined;
}

/** A tree of messages: the one model of all formats. */
export interface Conversation extends ConversationFacts {
  /** In the order of the source. */
  readonly nodes: ReadonlyMap<string, ChatNode>;
  /** Messages without one before them, in the order of the source. */
  readonly roots: readonly string[];
}

/**
 * Builds the tree of messages that name the one before them. It is always a forest, whatever the source holds: a
 * message whose parent is missing begins a conversation; a cycle is cut at its first message; of two messages with
 * one id the first counts. Nothing recurses, so no depth is too much.
 */
export function buildConversation(nodes: Iterable<ChatNodeInput>, facts: ConversationFacts): Conversation {
  const given = new Map<string, ChatNodeInput>();
  for (const node of nodes) {
    if (!given.has(node.id)) {
      given.set(node.id, node);
    }
  }
  const parents = acyclicParents(given);
  const built = new Map<string, ChatNode & { children: string[] }>();
  for (const [id, node] of given) {
    built.set(id, { ...node, parent: parents.get(id) ?? null, children: [] });
  }
  const roots: string[] = [];
  for (const { id, parent } of built.values()) {
    (parent === null ? roots : built.get(parent)!.children).push(id);
  }
  return { ...facts, nodes: built, roots };
}

/** Of each message that has one, its parent; following them always ends. */
function acyclicParents(given: ReadonlyMap<string, ChatNodeInput>): ReadonlyMap<string, string> {
  const parents = new Map<string, string>();
  const settled = new Set<string>();
  for (const start of given.keys()) {
    const walked = new Set<string>();
    let id = start;
    while (!settled.has(id)) {
      walked.add(id);
      const parent = given.get(id)!.parent;
      if (parent === null || parent === undefined || !given.has(parent)) {
        break;
      }
      parents.set(id, parent);
      if (walked.has(parent)) {
        parents.delete(parent);
        break;
      }
      id = parent;
    }
    for (const each of walked) {
      settled.add(each);
    }
  }
  return parents;
}

/** Messages one after the other, as the nodes of a tree without branches. `after`: the node they follow. */
export function chainNodes(messages: Iterable<MessageNode>, after: string | null = null): ChatNodeInput[] {
  const chain: ChatNodeInput[] = [];
  let parent = after;
  for (const message of messages) {
    chain.push({ ...message, parent });
    parent = message.id;
  }
  return chain;
}
