import { type ChatNodeInput, type MessageNode, nodeText } from "./chat-node.ts";
import { chainNodes } from "./conversation.ts";

/** One place in a linear conversation: a message, or several of which one is selected. */
export interface Position {
  /** Each is a message, or the messages of a turn one after the other. Ids are unique in the conversation. */
  readonly alternatives: readonly (readonly MessageNode[])[];
  /** The index of the alternative that is shown. Without it alternatives say nothing: the last one stands alone. */
  readonly selected: number;
  /** The id of the message before it. Default: what is selected in the position before. */
  readonly parent?: string | undefined;
}

/**
 * The nodes of a conversation that keeps alternatives in place: what follows hangs below the selected one. Where
 * the assistant goes on after one of its own messages, alternatives to that message cannot be told from beginnings of
 * a turn, and are left out; so are empty ones, which interfaces put there before they fill them.
 */
export function placeAlternatives(positions: readonly Position[]): ChatNodeInput[] {
  const nodes: ChatNodeInput[] = [];
  let last: string | null = null;
  for (const [index, position] of positions.entries()) {
    const isGoneOn = positions[index + 1]?.alternatives[0]?.[0]?.role === "assistant";
    const { alternatives, shown } = shownOf(position);
    const parent: string | null = position.parent ?? last;
    for (const alternative of isGoneOn ? [shown] : alternatives) {
      nodes.push(...chainNodes(alternative, parent));
    }
    last = shown.at(-1)?.id ?? last;
  }
  return nodes;
}

function shownOf({ alternatives, selected }: Position): {
  alternatives: readonly (readonly MessageNode[])[];
  shown: readonly MessageNode[];
} {
  const shown = alternatives[selected];
  if (shown === undefined) {
    const stand = alternatives.at(-1) ?? [];
    return { alternatives: [stand], shown: stand };
  }
  return { alternatives: alternatives.filter((each) => each === shown || !isEmpty(each)), shown };
}

function isEmpty(messages: readonly MessageNode[]): boolean {
  return messages.every(({ content, toolCalls }) => toolCalls === undefined && isBlankContent(content));
}

function isBlankContent(content: MessageNode["content"]): boolean {
  const hasMedia = typeof content !== "string" && content.some(({ kind }) => kind === "media");
  return !hasMedia && nodeText({ content }).trim() === "";
}
