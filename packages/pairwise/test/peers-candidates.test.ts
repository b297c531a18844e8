import type { Outcome } from "@dpo-kit/batch";
import type { JsonObject, Message } from "@dpo-kit/schema";
import { collect } from "@dpo-kit/testkit";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  convertPairwise,
  type PairwiseConvertOptions,
  type PairwiseRow,
  type UnpairedExample,
} from "../src/index.ts";

function rowsOf(values: readonly JsonObject[]): PairwiseRow[] {
  return values.map((value, ordinal) => ({ value, at: { source: "-", ordinal }, bytes: 100 }));
}

function convert(values: readonly JsonObject[], options: PairwiseConvertOptions = {}): Promise<Outcome[]> {
  return collect(convertPairwise(rowsOf(values), options));
}

/** The pairs as texts: preferred, non-preferred. */
async function pairsOf(values: readonly JsonObject[], options?: PairwiseConvertOptions): Promise<string[][]> {
  const outcomes = await convert(values, options);
  return outcomes.flatMap((outcome) =>
    outcome.kind === "pairs"
      ? outcome.pairs.map(({ example }) =>
          [example.preferred_output, example.non_preferred_output].map(textOf),
        )
      : [],
  );
}

function textOf(messages: readonly Message[]): string {
  return String(messages[0]!.content);
}

const kinds = (outcomes: readonly Outcome[]): string[] =>
  outcomes.map((outcome) => (outcome.kind === "skipped" ? outcome.reason : outcome.kind));

/** Answers of Nectar's columns; each text is its rank. */
function nectar(ranks: readonly number[]): JsonObject {
  const answers = ranks.map((rank) => ({ answer: `answer of rank ${rank}`, model: "m", rank }));
  const prompt = "\n\nHuman: Name a fruit.\n\nAssistant: ";
  return { prompt, answers, turns: 1, num_responses: ranks.length, source: ["s"], good_natured: true };
}

describe("ranked answers", () => {
  it("prefer rank 1, where axolotl takes the last of the sorted answers", async () => {
    expect(await pairsOf([nectar([2, 7, 1, 3])])).toEqual([["answer of rank 1", "answer of rank 7"]]);
  });

  it("never prefer the worse one under any policy, where open-instruct draws one of the best four", async () => {
    const policies = ["best-worst", "best-vs-rest", "adjacent", "all"] as const;
    const ranks = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 2, maxLength: 7 });
    const property = fc.asyncProperty(ranks, fc.constantFrom(...policies), async (given, pairs) => {
      for (const pair of await pairsOf([nectar(given)], { policy: { pairs } })) {
        const [better, worse] = pair.map((text) => Number(text.split(" ").at(-1)));
        expect(better!).toBeLessThan(worse!);
      }
    });
    await fc.assert(property);
  });

  it("reply to messages, where open-instruct keeps the marks of the transcript", async () => {
    const [outcome] = await convert([nectar([1, 2])]);
    expect(outcome).toMatchObject({
      pairs: [{ example: { input: { messages: [{ role: "user", content: "Name a fruit." }] } } }],
    });
  });
});

describe("ties", () => {
  it("make no pair of HelpSteer3's 0, where NeMo RL gives the same answer on both sides", async () => {
    const row = { context: [{ role: "user", content: "Hi" }], response1: "a", response2: "b" };
    expect(kinds(await convert([{ ...row, overall_preference: 0 }]))).toEqual(["tie"]);
  });

  it("make no pair of equal ratings, and null ratings are no error, where distilabel does and throws", async () => {
    const row = { instruction: "Hi", generations: ["a", "b", "c"] };
    const outcomes = await convert([
      { ...row, ratings: [3, 3, 3] },
      { ...row, ratings: [null, 3, null] },
      { ...row, ratings: [null, 3, 1] },
    ]);
    expect(kinds(outcomes)).toEqual(["tie", "no-candidates", "pairs"]);
  });

  it("make no pair of equal scores of Stack Exchange, where others let the order decide", async () => {
    const answers = [1, 2].map((id) => ({ answer_id: id, pm_score: 4, selected: id === 1, text: `${id}` }));
    expect(kinds(await convert([{ qid: 1, question: "How?", answers }]))).toEqual(["tie"]);
  });

  it("reject the record where the user asks for that", async () => {
    const row = { prompt: "Hi", response_a: "a", response_b: "b" };
    const rows = [
      { ...row, winner: "tie" },
      { ...row, winner: "model_a" },
    ];
    expect(kinds(await convert(rows, { policy: { ties: "error" } }))).toEqual(["rejected", "pairs"]);
  });
});

describe("scores", () => {
  it("of 0 divide nothing, where the ratio of SHP's scores fails", async () => {
    const row = { history: "Why?", human_ref_A: "a", human_ref_B: "b", score_A: 7, score_B: 0, labels: 1 };
    expect(await convert([row])).toMatchObject([{ kind: "pairs", pairs: [{ margin: 7 }] }]);
  });

  it("beside a verdict only give the margin, also where they say the opposite", async () => {
    const row = { history: "Why?", human_ref_A: "a", human_ref_B: "b", score_A: 1, score_B: 9, labels: 1 };
    expect(await convert([row])).toMatchObject([{ kind: "pairs", pairs: [{ margin: -8 }] }]);
    expect(kinds(await convert([row], { policy: { minMargin: { kind: "absolute", value: 1 } } }))).toEqual([
      "margin",
    ]);
  });

  it("of N/A, nan and null are none", async () => {
    const responses = ["N/A", "nan", null, "3", 2].map((score, index) => ({ text: `${index}`, score }));
    expect(await pairsOf([{ prompt: "Hi", responses }])).toEqual([["3", "4"]]);
  });

  it("of a signed verdict give its strength as the margin", async () => {
    const row = { prompt: "Hi", response_1: "a", response_2: "b" };
    const outcomes = await convert([
      { ...row, preference_strength: -3 },
      { ...row, preference_strength: 1 },
    ]);
    expect(outcomes).toMatchObject([{ pairs: [{ margin: 3 }] }, { pairs: [{ margin: 1 }] }]);
  });
});

describe("lists of better and worse answers", () => {
  it("never set a better answer against a better one, as in the ties of RewardBench 2", async () => {
    const better = ["g1", "g2", "g3"];
    for (const pairs of ["auto", "all", "best-worst", "best-vs-rest", "adjacent"] as const) {
      const made = await pairsOf([{ prompt: "Hi", chosen: better, rejected: ["b1", "b2"] }], {
        policy: { pairs },
      });
      expect(made.length).toBeGreaterThan(0);
      expect(made.every(([one, other]) => one!.startsWith("g") && other!.startsWith("b"))).toBe(true);
    }
  });

  it("are capped within the record", async () => {
    const row = { prompt: "Hi", chosen: ["a", "b", "c"], rejected: ["d", "e"] };
    const [outcome] = await convert([row], { policy: { maxPairsPerRecord: 2 } });
    expect(outcome).toMatchObject({
      dropped: [{ reason: "cap" }, { reason: "cap" }, { reason: "cap" }, { reason: "cap" }],
    });
  });
});

describe("explicit columns", () => {
  it("go before a stale verdict beside them", async () => {
    const row = { prompt: "Hi", chosen: "good", rejected: "bad", response_a: "bad", response_b: "good" };
    expect(await pairsOf([{ ...row, winner: "model_a" }])).toEqual([["good", "bad"]]);
  });

  it("go before lists of generations with ratings", async () => {
    const decoys = { generations: ["good", "bad"], ratings: [1, 5] };
    expect(await pairsOf([{ prompt: "Hi", chosen: "good", rejected: "bad", ...decoys }])).toEqual([
      ["good", "bad"],
    ]);
  });
});

describe("answers judged by themselves", () => {
  it("that cannot be paired are handed over with their labels", async () => {
    const unpaired: UnpairedExample[] = [];
    const rows = [
      { prompt: "Hi", completion: "Hello", label: true },
      { prompt: "Hi", completion: "No", label: false },
      { prompt: "Bye", completion: "Goodbye", label: true },
      { prompt: "Bye", completion: "Later", label: null },
    ];
    const made = await pairsOf(rows, { onUnpaired: (example) => unpaired.push(example) });
    expect(made).toEqual([["Hello", "No"]]);
    expect(unpaired).toEqual([
      {
        prompt: [{ role: "user", content: "Bye" }],
        completion: [{ role: "assistant", content: "Goodbye" }],
        label: true,
      },
    ]);
  });
});

describe("scalars where text belongs", () => {
  it("are carried as they are written, and counted", async () => {
    const rows = [
      { instruction: "True?", response1: true, response2: "no", annotator1: 1, annotator2: 1 },
      { instruction: "Two?", response1: "two", response2: 2, annotator1: 2, annotator2: 2 },
      { instruction: "A?", response1: "a", response2: "b", annotator1: 2, annotator2: 2 },
    ];
    expect(await pairsOf(rows)).toEqual([
      ["true", "no"],
      ["2", "two"],
      ["b", "a"],
    ]);
    const [outcome] = await convert(rows);
    expect(outcome).toMatchObject({ pairs: [{ transforms: ["scalar-to-text"] }] });
  });
});

describe("names that nobody knows", () => {
  it("work with flags, since no shape is known by the name of a dataset", async () => {
    const verdict = { column: "pick", meanings: { x: "first", y: "second" } } as const;
    const columns = { preferred: "essay", nonPreferred: "draft" };
    const row = { prompt: "Write.", essay: "a", draft: "b" };
    const rows = [
      { ...row, pick: "y" },
      { ...row, pick: "x" },
    ];
    expect(await pairsOf(rows, { from: "two-candidates", columns, verdict })).toEqual([
      ["b", "a"],
      ["a", "b"],
    ]);
  });

  it("work for ranked rows, lists and lone judgements", async () => {
    const columns = { prompt: "ask", preferred: "said" };
    const ranked = [2, 1].map((place) => ({ ask: "Hi", said: `${place}.`, worth: place }));
    expect(await pairsOf(ranked, { columns, score: "worth" })).toEqual([["2.", "1."]]);
    const lists = [{ ask: "Hi", said: ["a", "b"], worth: [1, 2] }];
    expect(await pairsOf(lists, { columns, score: "worth" })).toEqual([["b", "a"]]);
    const objects = [
      {
        ask: "Hi",
        said: [
          { text: "a", worth: 1 },
          { text: "b", worth: 2 },
        ],
      },
    ];
    expect(await pairsOf(objects, { columns, score: "worth" })).toEqual([["b", "a"]]);
    const verdict = { column: "thumb", meanings: { 1: "first", "-1": "second" } } as const;
    const thumbs = [1, -1].map((thumb) => ({ ask: "Hi", said: `${thumb}.`, thumb }));
    expect(await pairsOf(thumbs, { columns, verdict })).toEqual([["1.", "-1."]]);
  });
});

describe("lists that a CSV export wrote as texts", () => {
  it("are read in columns that are known to hold lists, and nowhere else", async () => {
    const json = { instruction: "Hi", generations: '["[1]", "b"]', ratings: "[1, 5]" };
    const repr = { instruction: "Hi", generations: "['a', 'b']" };
    const python = { prompt: "Hi", answers: "[{'answer': 'a', 'rank': 2}, {'answer': '[2]', 'rank': 1}]" };
    expect(await pairsOf([json])).toEqual([["b", "[1]"]]);
    expect((await convert([{ ...repr, ratings: "[4.0, 1.5]" }]))[0]).toMatchObject({
      pairs: [{ margin: 2.5 }],
    });
    expect(await pairsOf([python])).toEqual([["[2]", "a"]]);
    const [outcome] = await convert([json]);
    expect(outcome).toMatchObject({
      pairs: [{ transforms: ["cell-parsed-as-list", "cell-parsed-as-list"] }],
    });
  });
});

describe("trees", () => {
  const message = (
    id: number,
    parent: number | null,
    rank: number | null,
    more: JsonObject = {},
  ): JsonObject => ({
    message_id: `${id}`,
    parent_id: parent === null ? null : `${parent}`,
    message_tree_id: "t",
    text: `text ${id}`,
    role: id % 2 === 0 ? "prompter" : "assistant",
    rank,
    deleted: false,
    review_result: true,
    ...more,
  });

  it("prefer rank 0, and leave out what was deleted, failed its review or was not ranked", async () => {
    const rows = [
      message(0, null, null),
      message(1, 0, 1),
      message(3, 0, 0),
      message(5, 0, -1, { deleted: true }),
      message(7, 0, 9, { review_result: false }),
      message(9, 0, null),
    ];
    expect(await pairsOf(rows)).toEqual([["text 3", "text 1"]]);
  });

  it("whose messages hang on each other in a ring, or on nothing, come to an end", async () => {
    const ring = [message(2, 4, null), message(4, 2, null), message(1, 2, 0)];
    expect(kinds(await convert(ring))).toEqual(["no-candidates"]);
  });

  it("that are deeper than any conversation are rejected, not walked for ever", async () => {
    const chain = Array.from({ length: 1_500 }, (_, id) => message(id, id === 0 ? null : id - 1, 0));
    expect(kinds(await convert(chain))).toEqual(["rejected"]);
  });
});
