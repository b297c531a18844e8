import type { Edit, JudgedBy, Judgement, Score, Thumb } from "../model/judgement.ts";

/**
 * A number that an answer got where several answers were set side by side. Those of one group that were given to
 * equal input are a vote, or a ranking; what the number is by itself says nothing.
 */
export interface Ballot {
  readonly kind: "ballot";
  /** What the answers that were set side by side have in common. */
  readonly group: string;
  readonly turn: string;
  readonly score: number;
  readonly by?: JudgedBy | undefined;
}

/** What was said of the answer of one span, which is not named in it. */
export type SpanJudgement =
  | Omit<Edit, "turn" | "after">
  | Omit<Score, "turn" | "after">
  | Omit<Thumb, "turn" | "after">
  | Omit<Ballot, "turn">;

/** What people said of one answer: each ballot is compared with the others of its group. */
export function settleBallots(given: readonly (Judgement | Ballot)[]): Judgement[] {
  const groups = new Map<string, Ballot[]>();
  const settled: Judgement[] = [];
  for (const each of given) {
    if (each.kind !== "ballot") {
      settled.push(each);
      continue;
    }
    const key = JSON.stringify([each.group, each.by]);
    const known = groups.get(key) ?? [];
    groups.set(key, known);
    known.push(each);
  }
  return [...settled, ...[...groups.values()].map(judgementOf)];
}

function judgementOf(ballots: readonly Ballot[]): Judgement {
  const [first, second] = ballots;
  const { by } = first!;
  if (ballots.length > 2) {
    return { kind: "rank", by, items: ballots.map(({ turn, score }) => ({ turn, rank: -score })) };
  }
  if (first!.score === second?.score) {
    return { kind: "none", reason: "tie" };
  }
  // Where the other answer is not there, or was given to other input, the vote is dropped as missing one.
  const [winner, loser] = first!.score < (second?.score ?? 0) ? [second, first] : [first, second];
  return { kind: "vote", by, winner: winner?.turn ?? "", loser: loser?.turn ?? "" };
}
