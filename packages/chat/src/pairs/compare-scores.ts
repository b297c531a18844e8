import type { Score } from "../model/judgement.ts";
import type { Turn, TurnTree } from "../model/turns.ts";
import { type Compared, signalOf } from "./answer-comparison.ts";

/** Scores of one name and scale, by the same kind of judge, of the answers to one message. */
interface Scored {
  readonly first: Score;
  readonly values: Map<Turn, number[]>;
}

/** R6: of the answers to one message the one with the higher score is better; several scores are averaged. */
export function* compareScores(scores: readonly Score[], tree: TurnTree): Generator<Compared> {
  const { groups, missing } = scoredOf(scores, tree);
  for (const score of missing) {
    yield { signal: signalOf(score.by, "score"), reason: "missing" };
  }
  for (const { first, values } of groups) {
    if (values.size > 1) {
      const { scale } = first;
      yield {
        signal: signalOf(first.by, "score"),
        answers: [...values].map(([turn, given]) => ({ turn, score: mean(given) })),
        verdict: { kind: "scores" },
        after: first.after,
        policy: scale === undefined ? {} : { scale: { from: scale[0], to: scale[1] } },
      };
    }
  }
}

/** How many answers have a score that nothing can be compared with. */
export function countLoneScores(scores: readonly Score[], tree: TurnTree): number {
  return scoredOf(scores, tree).groups.filter(({ values }) => values.size === 1).length;
}

function scoredOf(scores: readonly Score[], tree: TurnTree): { groups: Scored[]; missing: Score[] } {
  const groups = new Map<string, Scored>();
  const missing: Score[] = [];
  for (const score of scores) {
    const turn = tree.at(score.turn);
    if (turn === undefined || !Number.isFinite(score.value)) {
      missing.push(score);
      continue;
    }
    const key = JSON.stringify([turn.base, score.after, score.by === "model", score.name, score.scale]);
    const group = groups.get(key) ?? { first: score, values: new Map<Turn, number[]>() };
    groups.set(key, group);
    const given = group.values.get(turn);
    if (given === undefined) {
      group.values.set(turn, [score.value]);
    } else {
      given.push(score.value);
    }
  }
  return { groups: [...groups.values()], missing };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
