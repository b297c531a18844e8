import type { DropReason } from "@dpo-kit/batch";
import type { AnswerPair } from "./make-answer-pairs.ts";

/** What was decided of two answers: which is better, or that judgements contradict each other. */
type Decision = { better: string } | "contradicted";

/**
 * Keeps one pair of each two answers. Given the pairs of one signal after the other, the most trusted first: what
 * agrees with an earlier one is a repeat, what disagrees is dropped. Pairs of one signal that disagree are dropped
 * on both sides, and nothing lower decides what people could not agree on.
 */
export class ConflictSettler {
  readonly #decisions: Map<string, Decision>;

  constructor(decisions: Iterable<readonly [string, Decision]> = []) {
    this.#decisions = new Map(decisions);
  }

  /** A settler that knows what this one knows, and changes nothing in it. */
  copy(): ConflictSettler {
    return new ConflictSettler(this.#decisions);
  }

  /** Says that one signal could not decide between two answers: then no lower one does. */
  leaveUndecided(one: string, other: string): void {
    const key = keyOf(one, other);
    if (!this.#decisions.has(key)) {
      this.#decisions.set(key, "contradicted");
    }
  }

  /** The pairs of one signal that stand, and why the others do not. */
  settle(pairs: readonly AnswerPair[]): { kept: AnswerPair[]; dropped: DropReason[] } {
    const dropped: DropReason[] = [];
    const kept: AnswerPair[] = [];
    for (const [key, members] of byAnswers(pairs)) {
      const isNew = !this.#decisions.has(key);
      const decision = this.#decisions.get(key) ?? decide(members);
      this.#decisions.set(key, decision);
      for (const [index, pair] of members.entries()) {
        if (decision === "contradicted" || decision.better !== pair.preferred) {
          dropped.push("contradiction");
        } else if (isNew && index === 0) {
          kept.push(pair);
        } else {
          dropped.push("repeat");
        }
      }
    }
    return { kept, dropped };
  }
}

function decide(pairs: readonly AnswerPair[]): Decision {
  const better = pairs[0]!.preferred;
  return pairs.every(({ preferred }) => preferred === better) ? { better } : "contradicted";
}

function keyOf(one: string, other: string): string {
  return JSON.stringify([one, other].sort());
}

function byAnswers(pairs: readonly AnswerPair[]): Map<string, AnswerPair[]> {
  const groups = new Map<string, AnswerPair[]>();
  for (const pair of pairs) {
    const key = keyOf(pair.preferred, pair.nonPreferred);
    const group = groups.get(key) ?? [];
    groups.set(key, group);
    group.push(pair);
  }
  return groups;
}
