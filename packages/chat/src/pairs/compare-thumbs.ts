import type { JudgedBy, Thumb } from "../model/judgement.ts";
import type { Turn, TurnTree } from "../model/turns.ts";
import { type AnswerComparison, type Compared, signalOf } from "./answer-comparison.ts";
import { isKept } from "./compare-branches.ts";

/** The thumbs on the answers to one message by the same kind of judge. */
interface Rated {
  readonly base: string | null;
  readonly by: JudgedBy | undefined;
  readonly contextUnknown: boolean;
  readonly after: string | undefined;
  /** Thumbs up less thumbs down. */
  readonly balance: Map<Turn, number>;
}

/** An answer with a thumb, of which nobody can say what it is better or worse than. */
export interface RatedTurn {
  readonly turn: Turn;
  readonly after: string | undefined;
  readonly up: boolean;
}

/**
 * R3 and R4: thumbs up beat thumbs down on answers to the same message, and with `thumbs-one-sided` answers without
 * a thumb; the latter beat thumbs down only where the user went on from them. As many thumbs up as down on one answer
 * say nothing of it.
 */
export function* compareThumbs(thumbs: readonly Thumb[], tree: TurnTree): Generator<Compared> {
  for (const rated of ratedOf(thumbs, tree)) {
    if ("reason" in rated) {
      yield rated;
      continue;
    }
    const { by, contextUnknown, after } = rated;
    const signal = contextUnknown ? "thumbs-unknown-context" : signalOf(by, "thumbs");
    const up = turnsOf(rated, 1);
    const down = turnsOf(rated, -1);
    yield* turnsOf(rated, 0).map(() => ({ signal, reason: "contradiction" }) as const);
    yield* eachAgainstEach(up, down, { signal, after });
    if (!contextUnknown && by !== "model") {
      yield* oneSided({ up, down }, rated, tree);
    }
  }
}

/** The answers whose thumbs agree on the whole, each once. */
export function ratedTurns(thumbs: readonly Thumb[], tree: TurnTree): RatedTurn[] {
  return [...ratedOf(thumbs, tree)].flatMap((rated) =>
    "reason" in rated
      ? []
      : [...rated.balance]
          .filter(([, sum]) => sum !== 0)
          .map(([turn, sum]) => ({ turn, after: rated.after, up: sum > 0 })),
  );
}

function* ratedOf(
  thumbs: readonly Thumb[],
  tree: TurnTree,
): Generator<Rated | { signal: "thumbs"; reason: "missing" }> {
  const groups = new Map<string, Rated>();
  for (const { turn: id, up, by, after, contextUnknown = false } of thumbs) {
    const turn = tree.at(id);
    if (turn === undefined) {
      yield { signal: "thumbs", reason: "missing" };
      continue;
    }
    const key = JSON.stringify([turn.base, by === "model", contextUnknown, after]);
    const rated = groups.get(key) ?? {
      base: turn.base,
      by,
      contextUnknown,
      after,
      balance: new Map<Turn, number>(),
    };
    groups.set(key, rated);
    rated.balance.set(turn, (rated.balance.get(turn) ?? 0) + (up ? 1 : -1));
  }
  yield* groups.values();
}

function turnsOf({ balance }: Rated, sign: 1 | 0 | -1): Turn[] {
  return [...balance].filter(([, sum]) => Math.sign(sum) === sign).map(([turn]) => turn);
}

function* oneSided(
  { up, down }: { up: readonly Turn[]; down: readonly Turn[] },
  { base, balance, after }: Rated,
  tree: TurnTree,
): Generator<Compared> {
  const unrated = base === null ? [] : tree.of(base).filter((turn) => !balance.has(turn));
  yield* eachAgainstEach(up, unrated, { signal: "thumbs-one-sided", after });
  const kept = unrated.filter((turn) => isKept(turn, tree));
  yield* eachAgainstEach(kept, down, { signal: "thumbs-one-sided", after });
}

function* eachAgainstEach(
  better: readonly Turn[],
  worse: readonly Turn[],
  { signal, after }: Pick<AnswerComparison, "signal" | "after">,
): Generator<Compared> {
  if (better.length > 0 && worse.length > 0) {
    const answers = [...better, ...worse].map((turn) => ({ turn }));
    yield {
      signal,
      answers,
      after,
      verdict: {
        kind: "alternatives",
        preferred: better.map((_, index) => index),
        nonPreferred: worse.map((_, index) => better.length + index),
      },
    };
  }
}
