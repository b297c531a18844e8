import { nodeText } from "../model/chat-node.ts";
import type { Turn, TurnTree } from "../model/turns.ts";
import type { Compared } from "./answer-comparison.ts";
import { speaksAgainst } from "./complaint.ts";

/**
 * Whether the user went on from an answer, with a message that neither speaks against it nor asks the same again.
 * That an answer is the latest, or on the way to the leaf that is shown, says nothing.
 */
export function isKept({ base, followedBy }: Turn, tree: TurnTree): boolean {
  const { nodes } = tree.conversation;
  const prompt = base === null ? "" : nodeText(nodes.get(base)!);
  return followedBy.some((id) => !speaksAgainst(nodeText(nodes.get(id)!), prompt));
}

/**
 * R8, R9 and R10: of several answers to one message the one from which the user went on, if it is exactly one,
 * beats the others. Greetings are no answers. What a person rewrote says nothing of the model's other tries.
 */
export function* compareBranches(tree: TurnTree): Generator<Compared> {
  if (tree.conversation.alternatives === "none") {
    return;
  }
  for (const { turns: all } of tree.branches()) {
    const turns = all.filter(({ end }) => tree.conversation.nodes.get(end)!.edited !== true);
    const kept = turns.length > 1 ? turns.filter(({ followedBy }) => followedBy.length > 0) : [];
    const [best] = kept;
    if (best !== undefined && kept.length === 1 && isKept(best, tree)) {
      yield compareKept(best, turns, tree);
    }
  }
}

function compareKept(best: Turn, turns: readonly Turn[], tree: TurnTree): Compared {
  const others = turns.filter((turn) => turn !== best);
  if (tree.conversation.alternatives === "swipe") {
    // Alternatives are made until one is liked: the last before it is the nearest, and one pair a turn is enough.
    const answers = [best, others.at(-1)!].map((turn) => ({ turn }));
    return { signal: "swipe", answers, verdict: { kind: "given", preferred: 0, nonPreferred: 1 } };
  }
  const isParallel = turns.every((turn) => tree.conversation.nodes.get(turn.end)!.parallel === true);
  return {
    signal: isParallel ? "parallel" : "kept",
    answers: [best, ...others].map((turn) => ({ turn })),
    verdict: { kind: "best", best: 0 },
  };
}
