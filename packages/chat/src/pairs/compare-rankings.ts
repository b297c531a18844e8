import type { Ranking } from "../model/judgement.ts";
import type { Turn, TurnTree } from "../model/turns.ts";
import { type Answer, type Compared, signalOf } from "./answer-comparison.ts";

/** One annotator's ranks of the answers to one message, by the turn's end. */
type Ranks = ReadonlyMap<string, number>;

/** Rankings of the answers to one message by the same kind of judge. */
interface Ranked {
  readonly first: Ranking;
  readonly turns: Map<string, Turn>;
  readonly rankings: Ranks[];
}

/**
 * R2: a better rank beats a worse one. Of several annotators a strict majority must say so; then the answers are
 * ordered by how many others they beat, less how many beat them.
 */
export function* compareRankings(rankings: readonly Ranking[], tree: TurnTree): Generator<Compared> {
  for (const { first, turns, rankings: ranks } of rankedOf(rankings, tree)) {
    const signal = signalOf(first.by, "rank");
    if (turns.size < 2) {
      yield { signal, reason: "missing" };
      continue;
    }
    const balance = (one: string, other: string): number => majority(ranks, one, other);
    const answers = [...turns.values()].map((turn) => ({
      turn,
      rank: ranks.length === 1 ? ranks[0]!.get(turn.end)! : standing(turn.end, turns, balance),
    }));
    yield {
      signal,
      answers,
      verdict: { kind: "ranks" },
      after: first.after,
      holds: (better: Answer, worse: Answer) => balance(better.turn.end, worse.turn.end) > 0,
    };
  }
}

function rankedOf(rankings: readonly Ranking[], tree: TurnTree): Iterable<Ranked> {
  const groups = new Map<string, Ranked>();
  for (const ranking of rankings) {
    for (const [base, ranks] of ranksByBase(ranking, tree)) {
      const key = JSON.stringify([base, ranking.by === "model", ranking.after, ranking.set]);
      const group: Ranked = groups.get(key) ?? { first: ranking, turns: new Map(), rankings: [] };
      groups.set(key, group);
      for (const { turn } of ranks) {
        group.turns.set(turn.end, turn);
      }
      group.rankings.push(new Map(ranks.map(({ turn, rank }) => [turn.end, rank])));
    }
  }
  return groups.values();
}

function ranksByBase(
  ranking: Ranking,
  tree: TurnTree,
): ReadonlyMap<string | null, { turn: Turn; rank: number }[]> {
  const byBase = new Map<string | null, { turn: Turn; rank: number }[]>();
  for (const { turn: id, rank } of ranking.items) {
    const turn = tree.at(id);
    if (turn !== undefined && Number.isFinite(rank)) {
      const base = ranking.after === undefined ? turn.base : ranking.after;
      const ranked = byBase.get(base) ?? [];
      byBase.set(base, ranked);
      ranked.push({ turn, rank });
    }
  }
  return byBase;
}

/** How many annotators put one answer before another, less how many put it behind. */
function majority(rankings: readonly Ranks[], one: string, other: string): number {
  let balance = 0;
  for (const ranks of rankings) {
    const [better, worse] = [ranks.get(one), ranks.get(other)];
    balance += better === undefined || worse === undefined ? 0 : Math.sign(worse - better);
  }
  return balance;
}

/** Copeland's rule, the lower the better: how many others beat an answer, less how many it beats. */
function standing(
  turn: string,
  turns: ReadonlyMap<string, Turn>,
  balance: (one: string, other: string) => number,
): number {
  let beaten = 0;
  for (const other of turns.keys()) {
    beaten -= Math.sign(balance(turn, other));
  }
  return beaten;
}
