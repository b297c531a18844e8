import type { Vote } from "../model/judgement.ts";
import type { TurnTree } from "../model/turns.ts";
import { type Compared, signalOf } from "./answer-comparison.ts";

/** Votes on the same two answers, in the order of the first. */
interface Ballot {
  readonly first: Vote;
  /** The votes for what the first vote chose, and those against it. */
  agree: number;
  oppose: number;
}

/** R1: the answer that more votes prefer is the better one; equally many votes for both say nothing. */
export function* compareVotes(votes: readonly Vote[], tree: TurnTree): Generator<Compared> {
  for (const { first, agree, oppose } of ballotsOf(votes)) {
    const signal = signalOf(first.by, "vote");
    const [winner, loser] = [first.winner, first.loser].map((id) => tree.at(id));
    if (winner === undefined || loser === undefined) {
      yield { signal, reason: "missing" };
    } else if (agree === oppose) {
      yield { signal, reason: "contradiction", undecided: [winner.end, loser.end] };
    } else {
      const preferred = agree > oppose ? 0 : 1;
      yield {
        signal,
        answers: [{ turn: winner }, { turn: loser }],
        verdict: { kind: "given", preferred, nonPreferred: 1 - preferred },
        after: first.after,
        placement: first.placement,
      };
    }
    for (let repeated = 1; repeated < agree + oppose; repeated += 1) {
      yield { signal, reason: "repeat" };
    }
  }
}

function ballotsOf(votes: readonly Vote[]): Iterable<Ballot> {
  const ballots = new Map<string, Ballot>();
  for (const vote of votes) {
    const { winner, loser, by, after } = vote;
    const key = JSON.stringify([winner < loser ? [winner, loser] : [loser, winner], by === "model", after]);
    const ballot = ballots.get(key);
    if (ballot === undefined) {
      ballots.set(key, { first: vote, agree: 1, oppose: 0 });
    } else if (ballot.first.winner === winner) {
      ballot.agree += 1;
    } else {
      ballot.oppose += 1;
    }
  }
  return ballots.values();
}
