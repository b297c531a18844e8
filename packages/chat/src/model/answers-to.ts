import type { MessageNode } from "./chat-node.ts";
import { buildConversation, type Conversation, type ConversationFacts, chainNodes } from "./conversation.ts";

/**
 * Answers that were set beside each other, as annotation tools and battles have them: each answers the end of the
 * input, and no conversation went on from any of them.
 */
export function answersTo(
  input: readonly MessageNode[],
  answers: readonly MessageNode[],
  facts: ConversationFacts,
): Conversation {
  const before = chainNodes(input);
  const parent = before.at(-1)?.id ?? null;
  const beside = answers.map((answer) => ({ ...answer, parent }));
  return buildConversation([...before, ...beside], { ...facts, alternatives: "none" });
}
