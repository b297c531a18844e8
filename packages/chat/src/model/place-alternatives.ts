import { type ChatNodeInput, type MessageNode, nodeText } from "./chat-node.ts";
import { chainNodes } from "./conversation.ts";

/** Messages of which one is at its place in the conversation at a time. */
type Alternative = readonly MessageNode[];

/** One place in a conversation: a message, or several of which one is selected. */
export interface Position {
  /** Each is a message, or the messages of a turn one after the other. Ids are unique in the conversation. */
  readonly alternatives: readonly Alternative[];
  /** The index of the alternative that is shown. Where there is none, the last alternative stands alone. */
  readonly selected: number;
  /** The id of the message before it. Default: the last one that is shown in the position before. */
  readonly parent?: string | undefined;
}

/**
 * The nodes of a conversation that keeps alternatives in place: what follows hangs below the selected one. Where
 * the assistant goes on after a message of its own, alternatives to that message are answers that were never gone on
 * with: they are left out. So are empty ones, which interfaces put there before they fill them.
 */
export function placeAlternatives(positions: readonly Position[]): ChatNodeInput[] {
  const placed = placeShown(positions);
  const goneOnWith = new Set(
    placed.filter(({ shown }) => shown[0]?.role === "assistant").map(({ parent }) => parent),
  );
  return placed.flatMap(({ alternatives, shown, parent }) =>
    (goneOnWith.has(endOf(shown)) ? [shown] : alternatives).flatMap((each) => chainNodes(each, parent)),
  );
}

interface PlacedPosition {
  readonly alternatives: readonly Alternative[];
  readonly shown: Alternative;
  readonly parent: string | null;
}

function placeShown(positions: readonly Position[]): PlacedPosition[] {
  let before: string | null = null;
  return positions.map(({ alternatives, selected, parent }) => {
    const known = alternatives[selected];
    const shown = known ?? alternatives.at(-1) ?? [];
    const kept = alternatives.filter((each) => each === shown || !isEmpty(each));
    const placed = {
      alternatives: known === undefined ? [shown] : kept,
      shown,
      parent: parent ?? before,
    };
    before = endOf(shown) ?? before;
    return placed;
  });
}

function endOf(alternative: Alternative): string | null {
  return alternative.at(-1)?.id ?? null;
}

function isEmpty(messages: Alternative): boolean {
  return messages.every(({ content, toolCalls }) => toolCalls === undefined && isBlank(content));
}

function isBlank(content: MessageNode["content"]): boolean {
  const hasMedia = typeof content !== "string" && content.some(({ kind }) => kind === "media");
  return !hasMedia && nodeText({ content }).trim() === "";
}
