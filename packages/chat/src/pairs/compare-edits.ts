import { nodeText } from "../model/chat-node.ts";
import type { Edit } from "../model/judgement.ts";
import type { TurnTree } from "../model/turns.ts";
import { type Compared, signalOf } from "./answer-comparison.ts";

/**
 * R7: the edited version beats the original. Edits that change nothing of substance, or leave nothing, are dropped:
 * less than 2 % of the characters, and no letter or digit.
 */
export function* compareEdits(edits: readonly Edit[], tree: TurnTree): Generator<Compared> {
  for (const { turn: id, text, textIs, where = "correction", by, after } of edits) {
    const signal = signalOf(by, where === "chat" ? "edit" : "correction");
    const turn = tree.at(id);
    if (turn === undefined) {
      yield { signal, reason: "missing" };
      continue;
    }
    const inTree = nodeText(tree.conversation.nodes.get(turn.end)!);
    if (isTiny(inTree, text)) {
      yield { signal, reason: "identical" };
      continue;
    }
    const other = textIs === "edited" ? 0 : 1;
    const answers = other === 0 ? [{ turn, text }, { turn }] : [{ turn }, { turn, text }];
    yield { signal, answers, verdict: { kind: "given", preferred: 0, nonPreferred: 1 }, after };
  }
}

const TINY_SHARE = 0.02;

/** Whether two texts differ in little, and that neither in a letter nor in a digit. */
function isTiny(one: string, other: string): boolean {
  if (one === other) {
    return true;
  }
  const changed = changedCharacters(one, other);
  return changed < TINY_SHARE * Math.max(one.length, other.length) && lettersOf(one) === lettersOf(other);
}

/** The length of what stands between the common beginning and the common end: at least what was changed. */
function changedCharacters(one: string, other: string): number {
  const shorter = Math.min(one.length, other.length);
  let start = 0;
  while (start < shorter && one[start] === other[start]) {
    start += 1;
  }
  let end = 0;
  while (end < shorter - start && one.at(-1 - end) === other.at(-1 - end)) {
    end += 1;
  }
  return Math.max(one.length, other.length) - start - end;
}

function lettersOf(text: string): string {
  return text.replace(/[^\p{L}\p{N}]+/gu, "");
}
