import type { DropReason } from "@dpo-kit/batch";
import type { AssistantMessage, Message } from "@dpo-kit/schema";
import { describe, expect, it } from "vitest";
import type { Candidate, Comparison, Verdict } from "./comparison.ts";
import { MAXIMUM_COMPARISONS, type MakePairsOptions, makePairs } from "./make-pairs.ts";
import { outcomeOf } from "./outcome-of.ts";
import type { PairPolicy, PairSelection } from "./pair-policy.ts";

const at = { source: "answers.csv", ordinal: 4, line: 7 };

/** A question with answers named a, b, c …, each with what is known of it. */
function comparison(verdict: Verdict, facts: readonly Omit<Candidate, "completion">[]): Comparison {
  return {
    context: [{ role: "user", content: "Which?" }],
    candidates: facts.map((fact, index) => ({ completion: [answer(letter(index))], ...fact })),
    verdict,
  };
}

function answer(content: string): AssistantMessage {
  return { role: "assistant", content };
}

function letter(index: number): string {
  return String.fromCharCode(97 + index);
}

function scored(...scores: (number | null)[]): Comparison {
  return comparison(
    { kind: "scores" },
    scores.map((score) => ({ score })),
  );
}

/** The pairs as `a>b`, in order, and the reasons of those that were dropped. */
function made(
  of: Comparison,
  policy: PairPolicy = {},
): { pairs: string; dropped: DropReason[]; rules: string[] } {
  const { pairs, dropped, considered } = makePairs(of, { at, policy });
  expect(considered).toBe(pairs.length + dropped.length);
  const shown = pairs.map(({ example }) =>
    [example.preferred_output, example.non_preferred_output].map((side) => side[0]!.content).join(">"),
  );
  return {
    pairs: shown.join(" "),
    dropped: dropped.map(({ reason }) => reason),
    rules: [...new Set(pairs.map(({ rule }) => rule))],
  };
}

describe("the selections", () => {
  const five = scored(3, 5, null, 1, 5, 1);

  it.each<[PairSelection, string, DropReason[], string]>([
    ["auto", "b>f", [], "best-worst"],
    ["best-worst", "b>f", [], "best-worst"],
    ["best-vs-rest", "b>a b>d b>f", ["tie"], "best-vs-rest"],
    ["adjacent", "b>a a>d", [], "adjacent"],
    ["all", "b>a a>d e>a a>f b>d b>f e>d e>f", ["tie", "tie"], "all"],
  ])("%s of the scores 3 5 null 1 5 1", (pairs, expected, dropped, rule) => {
    expect(made(five, { pairs })).toEqual({ pairs: expected, dropped, rules: [rule] });
  });

  it.each<[PairSelection, string]>([
    ["auto", "b>c"],
    ["best-vs-rest", "b>a b>c"],
    ["adjacent", "b>a a>c"],
  ])("%s of ranks: the lowest is best, from 0 or from 1", (pairs, expected) => {
    for (const first of [0, 1]) {
      const ranks = [1, 0, 2].map((rank) => ({ rank: rank + first }));
      expect(made(comparison({ kind: "ranks" }, ranks), { pairs }).pairs).toBe(expected);
    }
  });

  it("votes decide, and their difference is the margin", () => {
    const voted = comparison({ kind: "votes" }, [{ votes: 1 }, { votes: 4 }]);
    const { pairs } = makePairs(voted, { at });
    expect(pairs.map(({ margin }) => margin)).toEqual([3]);
    expect(made(voted, { minMargin: { kind: "absolute", value: 4 } }).dropped).toEqual(["margin"]);
  });

  it.each<[PairSelection, string]>([
    ["auto", "b>a b>c"],
    ["best-vs-rest", "b>a b>c"],
    ["all", "b>a b>c"],
    ["best-worst", "b>c"],
    ["adjacent", "b>a"],
  ])("%s of a best one: nothing is known among the others", (pairs, expected) => {
    expect(made(comparison({ kind: "best", best: 1 }, [{}, {}, {}]), { pairs }).pairs).toBe(expected);
  });

  it.each<[number[], number[], PairSelection, string, string]>([
    [[0, 1], [2, 3], "auto", "a>c b>d", "by-index"],
    [[0], [1], "auto", "a>b", "each-with-each"],
    [[0], [1, 2], "auto", "a>b a>c", "each-with-each"],
    [[0, 1], [2], "auto", "a>c b>c", "each-with-each"],
    [[0, 1], [2, 3], "all", "a>c a>d b>c b>d", "all"],
    [[0, 1], [2, 3], "best-worst", "a>d", "best-worst"],
    [[0, 1], [2, 3], "best-vs-rest", "a>c a>d", "best-vs-rest"],
    [[0, 1], [2, 3], "adjacent", "a>c", "adjacent"],
  ])("alternatives %j against %j by %s", (preferred, nonPreferred, pairs, expected, rule) => {
    const facts = Array.from({ length: 4 }, () => ({}));
    const found = made(comparison({ kind: "alternatives", preferred, nonPreferred }, facts), { pairs });
    expect(found).toEqual({ pairs: expected, dropped: [], rules: [rule] });
  });

  it("two tied answers make no pair under any selection", () => {
    for (const pairs of ["auto", "best-worst", "best-vs-rest", "adjacent", "all"] as const) {
      expect(made(scored(2, 2), { pairs })).toEqual({ pairs: "", dropped: ["tie"], rules: [] });
    }
    expect(made(comparison({ kind: "tie" }, [{}, {}])).dropped).toEqual(["tie"]);
  });

  it("scores that are no finite number are no candidates", () => {
    const odd = scored(Number.NaN, Number.POSITIVE_INFINITY, null, 1);
    expect(makePairs(odd, { at })).toEqual({ considered: 0, pairs: [], dropped: [], issues: [] });
  });
});

describe("a given pair", () => {
  const inverted = comparison({ kind: "given", preferred: 0, nonPreferred: 1 }, [{ score: 2 }, { score: 5 }]);

  it("stays as it is whatever the scores and the selection say", () => {
    for (const pairs of ["auto", "best-worst", "best-vs-rest", "adjacent", "all"] as const) {
      expect(made(inverted, { pairs })).toEqual({ pairs: "a>b", dropped: [], rules: ["given"] });
    }
    expect(makePairs(inverted, { at }).pairs[0]!.margin).toBe(-3);
  });

  it("is dropped only where a smallest margin is asked for", () => {
    expect(made(inverted, { minMargin: { kind: "absolute", value: 1 } }).dropped).toEqual(["margin"]);
  });

  it("stays where its margin is not known", () => {
    const unscored = comparison({ kind: "given", preferred: 0, nonPreferred: 1 }, [
      { score: 2 },
      { score: null },
    ]);
    const [pair] = makePairs(unscored, { at, policy: { minMargin: { kind: "absolute", value: 1 } } }).pairs;
    expect(pair).not.toHaveProperty("margin");
  });

  it("carries what the comparison knows, and shares its messages", () => {
    const tools = [{ type: "function" as const, function: { name: "look" } }];
    const given: Comparison = {
      ...inverted,
      tools,
      parallelToolCalls: false,
      transforms: ["system-from-column"],
      provenance: { id: "r1" },
    };
    const [pair] = makePairs(given, { at }).pairs;
    expect(pair).toEqual({
      example: {
        input: { messages: given.context, tools, parallel_tool_calls: false },
        preferred_output: [answer("a")],
        non_preferred_output: [answer("b")],
      },
      rule: "given",
      transforms: ["system-from-column"],
      margin: -3,
      provenance: { id: "r1" },
    });
    expect(pair!.example.input.messages).toBe(given.context);
  });
});

describe("margins", () => {
  it.each<[number[], PairPolicy, string]>([
    [[0.9, 0.4], { minMargin: { kind: "percent", value: 50 } }, "a>b"],
    [[0.9, 0.5], { minMargin: { kind: "percent", value: 50 } }, ""],
    [[9, 5], { minMargin: { kind: "percent", value: 50 }, scale: { from: 1, to: 10 } }, ""],
    [[9, 4], { minMargin: { kind: "percent", value: 50 }, scale: { from: 1, to: 10 } }, "a>b"],
    [[10, 7, 0], { minMargin: { kind: "percent", value: 40 }, pairs: "adjacent" }, "b>c"],
    [[0.3, 0.1], { minMargin: { kind: "absolute", value: 0.2 } }, "a>b"],
    [[0.3, 0.1], { minMargin: { kind: "absolute", value: 0.2001 } }, ""],
    [[8, 4], { minMargin: { kind: "ratio", value: 2 } }, "a>b"],
    [[7, 4], { minMargin: { kind: "ratio", value: 2 } }, ""],
    [[0.6, 0.2], { minMargin: { kind: "ratio", value: 3 } }, "a>b"],
    [[7, 0], { minMargin: { kind: "ratio", value: 2 } }, "a>b"],
    [[-1, -3], { minMargin: { kind: "ratio", value: 2 } }, "a>b"],
  ])("scores %j under %j", (scores, policy, expected) => {
    expect(made(scored(...scores), policy).pairs).toBe(expected);
  });

  it("of ranks without scores are distances of the ranks", () => {
    const ranks = [{ rank: 1 }, { rank: 3 }];
    expect(makePairs(comparison({ kind: "ranks" }, ranks), { at }).pairs[0]!.margin).toBe(2);
  });

  it("of ranks with scores beside all of them are differences of the scores", () => {
    const ranks = [
      { rank: 1, score: 0.5 },
      { rank: 3, score: 0.25 },
    ];
    expect(makePairs(comparison({ kind: "ranks" }, ranks), { at }).pairs[0]!.margin).toBe(0.25);
  });
});

describe("the cap", () => {
  it("keeps the largest margins, then the first, in the order of the input", () => {
    const found = made(scored(3, 5, 1, 5), { pairs: "all", maxPairsPerRecord: 3 });
    expect(found).toEqual({ pairs: "b>a b>c d>c", dropped: ["tie", "cap", "cap"], rules: ["all"] });
  });

  it("counts only pairs that are sound", () => {
    const spoilt = scored(5, 9, 1);
    const candidates = spoilt.candidates.with(1, { completion: [answer(" ")], score: 9 });
    const found = made({ ...spoilt, candidates }, { pairs: "all", maxPairsPerRecord: 1 });
    expect(found).toEqual({ pairs: "a>c", dropped: ["empty", "empty"], rules: ["all"] });
  });
});

describe("the checks", () => {
  const toolCall = (text: string): AssistantMessage => ({
    role: "assistant",
    tool_calls: [{ id: "call_1", type: "function", function: { name: "look", arguments: text } }],
  });

  function given(
    better: Message[],
    worse: Message[],
    context: Message[] = [{ role: "user", content: "Hi" }],
  ) {
    return {
      context,
      candidates: [{ completion: better }, { completion: worse }],
      verdict: { kind: "given", preferred: 0, nonPreferred: 1 },
    } satisfies Comparison;
  }

  function problems(of: Comparison, options: Partial<MakePairsOptions> = {}): string[] {
    const { issues, dropped } = makePairs(of, { at, ...options });
    expect(dropped.flatMap((each) => each.issues ?? [])).toEqual(issues);
    return issues.map(({ code, location }) => `${code} ${location.path} ${location.line}`);
  }

  it.each<[string, Comparison, string[]]>([
    ["two answers that differ", given([answer("a")], [answer("b")]), []],
    ["no context", given([answer("a")], [answer("b")], []), ["PAIR_EMPTY_PROMPT prompt 7"]],
    [
      "a system message alone",
      given([answer("a")], [answer("b")], [{ role: "system", content: "Be kind" }]),
      ["PAIR_EMPTY_PROMPT prompt 7"],
    ],
    [
      "a user who says nothing but white space",
      given([answer("a")], [answer("b")], [{ role: "user", content: "\u0085 \u3000\ufeff" }]),
      ["PAIR_EMPTY_PROMPT prompt 7"],
    ],
    [
      "a user who speaks in parts",
      given([answer("a")], [answer("b")], [{ role: "user", content: [{ type: "text", text: "Hi" }] }]),
      [],
    ],
    [
      "a context that the assistant ends",
      given([answer("a")], [answer("b")], [{ role: "user", content: "Hi" }, answer("Sure")]),
      ["PAIR_PROMPT_ENDS_WITH_ASSISTANT prompt 7"],
    ],
    ["an empty answer", given([answer("a")], [answer("\n")]), ["PAIR_EMPTY_ANSWER non_preferred 7"]],
    ["an answer that is missing", given([], [answer("b")]), ["PAIR_EMPTY_ANSWER preferred 7"]],
    [
      "an answer of null",
      given([{ role: "assistant", content: null }], [answer("b")]),
      ["PAIR_EMPTY_ANSWER preferred 7"],
    ],
    [
      "everything empty",
      given([answer("")], [answer("")], []),
      ["PAIR_EMPTY_PROMPT prompt 7", "PAIR_EMPTY_ANSWER preferred 7", "PAIR_EMPTY_ANSWER non_preferred 7"],
    ],
    ["a tool call for an answer", given([toolCall("{}")], [answer("b")]), []],
    ["a refusal for an answer", given([{ role: "assistant", refusal: "No." }], [answer("b")]), []],
    [
      "equal tool calls",
      given([toolCall('{"a": 1}')], [toolCall('{"a":1}')]),
      ["PAIR_IDENTICAL non_preferred 7"],
    ],
    [
      "an empty prompt and identical answers",
      given([answer("a")], [answer("a ")], []),
      ["PAIR_EMPTY_PROMPT prompt 7", "PAIR_IDENTICAL non_preferred 7"],
    ],
    [
      "an answer of two messages",
      given([answer("a"), answer("b")], [answer("c")]),
      ["PAIR_MESSAGE_INVALID preferred 7"],
    ],
    [
      "an answer by the user",
      given([{ role: "user", content: "a" }], [answer("c")]),
      ["PAIR_MESSAGE_INVALID preferred 7"],
    ],
  ])("%s", (_, of, expected) => {
    expect(problems(of)).toEqual(expected);
  });

  it.each<[Comparison, DropReason]>([
    [given([answer("a")], [answer("a")], []), "empty"],
    [given([answer("a")], [answer("a")]), "identical"],
    [given([answer("a"), answer("a")], [answer("a")]), "invalid"],
  ])("a spoilt pair is dropped for its first problem", (of, reason) => {
    expect(makePairs(of, { at }).dropped.map((each) => each.reason)).toEqual([reason]);
  });

  it("names the columns of the input", () => {
    const paths = { prompt: "question", preferred: "best", nonPreferred: "worst" };
    expect(problems(given([answer("")], [answer("")], []), { paths })).toEqual([
      "PAIR_EMPTY_PROMPT question 7",
      "PAIR_EMPTY_ANSWER best 7",
      "PAIR_EMPTY_ANSWER worst 7",
    ]);
  });

  it("reports a problem that spoils several pairs once", () => {
    const of = scored(3, 2, 1);
    const candidates = of.candidates.with(0, { completion: [], score: 3 });
    const paths = { candidate: (index: number) => `answers[${index}]` };
    const { issues, dropped } = makePairs(
      { ...of, candidates },
      { at, paths, policy: { pairs: "best-vs-rest" } },
    );
    expect(dropped.map(({ reason }) => reason)).toEqual(["empty", "empty"]);
    expect(issues.map(({ code, location }) => `${code} ${location.path}`)).toEqual([
      "PAIR_EMPTY_ANSWER answers[0]",
    ]);
  });

  it("reports what is wrong with the context once", () => {
    const { issues, dropped } = makePairs(
      { ...scored(3, 2, 1), context: [] },
      { at, policy: { pairs: "all" } },
    );
    expect(dropped).toHaveLength(3);
    expect(issues.map(({ code }) => code)).toEqual(["PAIR_EMPTY_PROMPT"]);
  });

  it("a verdict that names no answer is a problem of the record", () => {
    for (const verdict of [
      { kind: "best", best: 7 },
      { kind: "given", preferred: 0, nonPreferred: 0 },
      { kind: "given", preferred: -1, nonPreferred: 0 },
    ] satisfies Verdict[]) {
      const { issues, pairs } = makePairs(comparison(verdict, [{}, {}]), { at });
      expect(pairs).toEqual([]);
      expect(issues[0]!.code).toBe("PAIR_INVALID");
    }
  });

  it("refuses a record of more comparisons than a machine can hold", () => {
    const many = scored(...Array.from({ length: 500 }, (_, index) => index));
    const { considered, issues } = makePairs(many, { at, policy: { pairs: "all" } });
    expect((500 * 499) / 2).toBeGreaterThan(MAXIMUM_COMPARISONS);
    expect(considered).toBe(0);
    expect(issues.map(({ code }) => code)).toEqual(["PAIR_TOO_MANY"]);
    expect(makePairs(many, { at }).pairs).toHaveLength(1);
  });
});

describe("ties as errors", () => {
  it("reject the record, with whatever pairs it had", () => {
    const { considered, pairs, dropped, issues } = makePairs(scored(5, 5, 1), {
      at,
      policy: { pairs: "best-vs-rest", ties: "error" },
    });
    expect({ considered, pairs, reasons: dropped.map(({ reason }) => reason) }).toEqual({
      considered: 2,
      pairs: [],
      reasons: ["tie", "tie"],
    });
    expect(issues.map(({ code, severity }) => [code, severity])).toEqual([["PAIR_TIE", "error"]]);
    expect(outcomeOf({ considered, pairs, dropped, issues }, { at }).kind).toBe("rejected");
  });

  it("leave a record alone that has none among what is compared", () => {
    expect(made(scored(5, 5, 1), { ties: "error" }).pairs).toBe("a>c");
  });
});
