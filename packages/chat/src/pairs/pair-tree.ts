import { type ChatNode, nodeText } from "../model/chat-node.ts";
import type { Judgement } from "../model/judgement.ts";
import type { Turn, TurnTree } from "../model/turns.ts";

/** One answer among those to the same message. */
export interface TreeAnswer {
  readonly text: string;
  readonly model?: string;
  /** What the pair takes it for; missing: the pair is of others. */
  readonly side?: "preferred" | "non-preferred";
  /** What is known of it, in words: `thumb up`, `score 3`, `stopped`, `continued`. */
  readonly marks: readonly string[];
}

/** The branch of a conversation that a pair is of, for looking at. */
export interface PairTree {
  /** How many messages stand before the one that was answered. */
  readonly before: number;
  /** The message that was answered. */
  readonly question: string;
  /** All answers to it, in the order of the source. */
  readonly answers: readonly TreeAnswer[];
}

/** The ends of the turns of a pair, and what tells its versions apart. */
export interface PairSides {
  readonly preferred: string;
  readonly nonPreferred: string;
}

/** Draws nothing: says what there is to draw of the branch that a pair is of. */
export function pairTree(
  { preferred, nonPreferred }: PairSides,
  tree: TurnTree,
  judgements: readonly Judgement[],
): PairTree | undefined {
  const [better, worse] = [readSide(preferred), readSide(nonPreferred)];
  const turn = tree.at(better.end) ?? tree.at(worse.end);
  if (turn === undefined) {
    return undefined;
  }
  const path = tree.path(turn.base);
  const sideOf = ({ end }: Turn): TreeAnswer["side"] =>
    end === better.end && better.text === undefined
      ? "preferred"
      : end === worse.end && worse.text === undefined
        ? "non-preferred"
        : undefined;
  const answers = tree.of(turn.base).map((each) => answerOf(each, sideOf(each), { tree, judgements }));
  return {
    before: Math.max(0, path.length - 1),
    question: textOf(path.slice(-1)),
    answers: [...answers, ...versions(better, worse)],
  };
}

/** A side is the end of a turn, and behind a line break the text that stands in its place. */
function readSide(side: string): { end: string; text?: string } {
  const at = side.indexOf("\n");
  return at === -1 ? { end: side } : { end: side.slice(0, at), text: side.slice(at + 1) };
}

function versions(...sides: { text?: string }[]): TreeAnswer[] {
  return sides.flatMap(({ text }, index) =>
    text === undefined
      ? []
      : [{ text, side: index === 0 ? "preferred" : "non-preferred", marks: ["another version"] } as const],
  );
}

function answerOf(
  turn: Turn,
  side: TreeAnswer["side"],
  { tree, judgements }: { tree: TurnTree; judgements: readonly Judgement[] },
): TreeAnswer {
  const nodes = tree.messages(turn);
  const model = nodes.at(-1)?.model;
  const ids = new Set(nodes.map(({ id }) => id));
  return {
    text: textOf(nodes.filter(({ role }) => role === "assistant")),
    ...(model === undefined ? {} : { model }),
    ...(side === undefined ? {} : { side }),
    marks: [
      ...judgements.flatMap((judgement) => marksOf(judgement, ids)),
      ...statusMarks(nodes),
      ...(turn.followedBy.length > 0 ? ["continued"] : []),
    ],
  };
}

function marksOf(judgement: Judgement, ids: ReadonlySet<string>): string[] {
  switch (judgement.kind) {
    case "vote":
      return ids.has(judgement.winner) ? ["voted better"] : ids.has(judgement.loser) ? ["voted worse"] : [];
    case "rank":
      return judgement.items.filter(({ turn }) => ids.has(turn)).map(({ rank }) => `rank ${rank}`);
    case "thumb":
      return ids.has(judgement.turn) ? [judgement.up ? "thumb up" : "thumb down"] : [];
    case "score":
      return ids.has(judgement.turn) ? [`${judgement.name} ${judgement.value}`] : [];
    case "edit":
      return ids.has(judgement.turn) ? ["edited"] : [];
    default:
      return [];
  }
}

function statusMarks(nodes: readonly ChatNode[]): string[] {
  const last = nodes.at(-1)?.status;
  return last === "partial" ? ["stopped"] : last === "error" ? ["failed"] : [];
}

function textOf(nodes: readonly ChatNode[]): string {
  return nodes.map(nodeText).join("\n");
}
