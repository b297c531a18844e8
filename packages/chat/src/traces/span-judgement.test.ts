import { describe, expect, it } from "vitest";
import { scoresQuality } from "./scores-quality.ts";
import { type Ballot, settleBallots } from "./span-judgement.ts";

const ballot = (turn: string, score: number, group = "g"): Ballot => ({ kind: "ballot", group, turn, score });

describe("answers that were set side by side", () => {
  it.each([
    ["two are a vote", [ballot("a", 0), ballot("b", 1)], [{ kind: "vote", winner: "b", loser: "a" }]],
    ["two that are equal are a tie", [ballot("a", 1), ballot("b", 1)], [{ kind: "none", reason: "tie" }]],
    [
      "three are a ranking",
      [ballot("a", 1), ballot("b", 3), ballot("c", 2)],
      [
        {
          kind: "rank",
          items: [
            { turn: "a", rank: -1 },
            { turn: "b", rank: -3 },
            { turn: "c", rank: -2 },
          ],
        },
      ],
    ],
    ["one has no other", [ballot("a", 1)], [{ kind: "vote", winner: "a", loser: "" }]],
    [
      "of two groups are two votes",
      [ballot("a", 0), ballot("a", 1, "h"), ballot("b", 1), ballot("b", 0, "h")],
      [
        { kind: "vote", winner: "b", loser: "a" },
        { kind: "vote", winner: "a", loser: "b" },
      ],
    ],
  ])("%s", (_, ballots, judgements) => expect(settleBallots(ballots)).toMatchObject(judgements));
});

describe("scores", () => {
  it.each(["quality", "correctness", "user_score", "harmlessness"])("of %s say what is better", (name) =>
    expect(scoresQuality(name)).toBe(true),
  );
  it.each(["toxicity", "hallucination", "latency_ms", "total_cost"])("of %s do not", (name) =>
    expect(scoresQuality(name)).toBe(false),
  );
});
