import type { Outcome } from "@dpo-kit/batch";
import type { UnpairedExample } from "@dpo-kit/preference";
import { describe, expect, it } from "vitest";
import type { ChatNodeInput } from "../model/chat-node.ts";
import { buildConversation, chainNodes } from "../model/conversation.ts";
import type { Judgement } from "../model/judgement.ts";
import { emptyChatCounts } from "./chat-counts.ts";
import type { ChatPairOptions } from "./chat-pair-options.ts";
import { convertConversation } from "./convert-conversation.ts";
import { signalNames } from "./signals.ts";

const at = { source: "test" };
const question: ChatNodeInput = { id: "u", role: "user", content: "Capital of France?" };

/** Answers to one question, by their ids. */
function answers(texts: Record<string, string>): ChatNodeInput[] {
  return [
    question,
    ...Object.entries(texts).map(
      ([id, content]): ChatNodeInput => ({ id, parent: "u", role: "assistant", content }),
    ),
  ];
}

function convert(
  nodes: readonly ChatNodeInput[],
  judgements: readonly Judgement[],
  options: ChatPairOptions = { signals: signalNames },
): { outcome: Outcome; pairs: string[]; dropped: string[]; counts: ReturnType<typeof emptyChatCounts> } {
  const counts = emptyChatCounts();
  const conversation = buildConversation(nodes, { id: "c" });
  const outcome = convertConversation({ at, conversation, judgements }, options, counts);
  const pairs = outcome.kind === "pairs" ? outcome.pairs : [];
  return {
    outcome,
    pairs: pairs.map(
      ({ rule, example }) =>
        `${rule}: ${example.preferred_output[0]!.content} > ${example.non_preferred_output[0]!.content}`,
    ),
    dropped: (outcome.dropped ?? []).map(({ reason }) => reason),
    counts,
  };
}

const three = answers({ a: "A", b: "B", c: "C" });
const vote = (winner: string, loser: string): Judgement => ({ kind: "vote", winner, loser });
const thumb = (turn: string, up: boolean): Judgement => ({ kind: "thumb", turn, up });

describe("the signals", () => {
  it("votes: a strict majority decides, a draw drops both", () => {
    expect(convert(three, [vote("a", "b"), vote("b", "a"), vote("a", "b")]).pairs).toEqual(["vote: A > B"]);
    const draw = convert(three, [vote("a", "b"), vote("b", "a")]);
    expect(draw.pairs).toEqual([]);
    expect(draw.dropped).toEqual(["contradiction", "repeat"]);
  });

  it("ranks: best against worst, by a strict majority of the annotators", () => {
    const rank = (...order: string[]): Judgement => ({
      kind: "rank",
      items: order.map((turn, index) => ({ turn, rank: index })),
    });
    expect(convert(three, [rank("c", "a", "b")]).pairs).toEqual(["rank: C > B"]);
    expect(convert(three, [rank("c", "a", "b"), rank("c", "b", "a"), rank("c", "b", "a")]).pairs).toEqual([
      "rank: C > A",
    ]);
    expect(convert(three, [rank("a", "b", "c"), rank("c", "b", "a")]).dropped).toEqual(["tie"]);
    expect(convert(three, [rank("a", "b"), rank("b", "c")]).dropped).toEqual(["tie"]);
    const all = convert(three, [rank("c", "a", "b")], { policy: { pairs: "all" } });
    expect(all.pairs).toEqual(["rank: C > A", "rank: C > B", "rank: A > B"]);
  });

  it("thumbs: up beats down; beside an answer without one only if that is asked for", () => {
    expect(convert(three, [thumb("a", false), thumb("b", true)], {}).pairs).toEqual(["thumbs: B > A"]);
    const oneSided = convert(three, [thumb("a", true)], {});
    expect(oneSided.pairs).toEqual([]);
    expect(oneSided.counts.loneThumbs).toBe(1);
    expect(Object.fromEntries(oneSided.counts.switchedOff)).toEqual({ "thumbs-one-sided": 2 });
    expect(convert(three, [thumb("a", true)]).pairs).toEqual([
      "thumbs-one-sided: A > B",
      "thumbs-one-sided: A > C",
    ]);
  });

  it("a thumb down loses only against an answer the user went on from", () => {
    const kept = [
      ...answers({ a: "A", b: "B" }),
      { id: "v", parent: "b", role: "user", content: "Thanks" } as const,
    ];
    expect(convert(kept, [thumb("a", false)], { signals: ["thumbs-one-sided"] }).pairs).toEqual([
      "thumbs-one-sided: B > A",
    ]);
    expect(convert(answers({ a: "A", b: "B" }), [thumb("a", false)]).pairs).toEqual([]);
  });

  it("scores: people's are averaged and need a fifth of their scale", () => {
    const score = (turn: string, value: number, more: object = {}): Judgement => ({
      kind: "score",
      turn,
      value,
      name: "quality",
      scale: [0, 10],
      ...more,
    });
    expect(convert(three, [score("a", 4), score("a", 6), score("b", 3)]).pairs).toEqual(["score: A > B"]);
    expect(convert(three, [score("a", 5), score("b", 4)]).dropped).toEqual(["margin"]);
    expect(convert(three, [score("a", 9), score("b", 1, { name: "style" })]).counts.loneScores).toBe(2);
    const judged = [score("a", 9, { by: "model" }), score("b", 1, { by: "model" })];
    expect(convert(three, judged, {}).pairs).toEqual([]);
    expect(convert(three, judged).pairs).toEqual(["judge: A > B"]);
  });

  it("edits: the edited version beats the original, unless nothing of substance changed", () => {
    const edit = (text: string): Judgement => ({ kind: "edit", turn: "a", text, textIs: "edited" });
    expect(convert(answers({ a: "Lyon." }), [edit("Paris.")]).pairs).toEqual(["correction: Paris. > Lyon."]);
    const long = "word ".repeat(100);
    expect(convert(answers({ a: long }), [edit(`${long}!`)]).dropped).toEqual(["identical"]);
    expect(convert(answers({ a: `${long}1` }), [edit(`${long}2`)]).pairs.length).toBe(1);
    const original: Judgement = { kind: "edit", turn: "a", text: "Lyon.", textIs: "original", where: "chat" };
    expect(convert(answers({ a: "Paris." }), [original]).pairs).toEqual(["edit: Paris. > Lyon."]);
  });

  it("kept: exactly one answer was gone on from, and not with a complaint or the same question", () => {
    const followed = (content: string): ChatNodeInput[] => [
      ...answers({ a: "A", b: "B" }),
      { id: "v", parent: "b", role: "user", content },
    ];
    expect(convert(followed("And of Spain?"), []).pairs).toEqual(["kept: B > A"]);
    expect(convert(followed("No, that's wrong"), []).pairs).toEqual([]);
    expect(convert(followed("capital of  France?"), []).pairs).toEqual([]);
    const both = [...followed("Go on"), { id: "w", parent: "a", role: "user", content: "Go on" } as const];
    expect(convert(both, []).pairs).toEqual([]);
  });
});

describe("models", () => {
  it.each([
    ["m", "m", { same: 1, different: 0, unknown: 0 }],
    ["m", "n", { same: 0, different: 1, unknown: 0 }],
    ["m", undefined, { same: 0, different: 0, unknown: 1 }],
  ])("%s against %s is told", (one, other, told) => {
    const [user, a, b] = answers({ a: "A", b: "B" });
    const nodes = [user!, { ...a!, model: one }, { ...b!, model: other }];
    expect(convert(nodes, [vote("a", "b")]).counts.models).toEqual(told);
  });
});

describe("conflicts", () => {
  it("the more trusted signal decides", () => {
    const made = convert(three, [thumb("a", true), thumb("b", false), vote("b", "a")]);
    expect(made.pairs).toEqual(["vote: B > A", "thumbs-one-sided: A > C"]);
    expect(made.dropped).toContain("contradiction");
  });

  it("two corrections to one text are one pair", () => {
    const edit: Judgement = { kind: "edit", turn: "a", text: "Paris.", textIs: "edited" };
    const made = convert(answers({ a: "Lyon." }), [edit, edit]);
    expect(made.pairs).toEqual(["correction: Paris. > Lyon."]);
    expect(made.dropped).toEqual(["repeat"]);
  });

  it("an edit to and fro contradicts itself", () => {
    const to: Judgement = { kind: "edit", turn: "a", text: "Paris.", textIs: "edited" };
    const made = convert(answers({ a: "Lyon." }), [to, { ...to, textIs: "original" }]);
    expect(made.pairs).toEqual([]);
    expect(made.dropped).toEqual(["contradiction", "contradiction"]);
  });

  it("what people could not agree on, nothing lower decides", () => {
    const kept = [
      ...answers({ a: "A", b: "B" }),
      { id: "v", parent: "b", role: "user", content: "Thanks" } as const,
    ];
    expect(convert(kept, []).pairs).toEqual(["kept: B > A"]);
    const made = convert(kept, [vote("a", "b"), vote("b", "a")]);
    expect(made.pairs).toEqual([]);
    expect(made.dropped).toEqual(["contradiction", "repeat", "contradiction"]);
  });

  it("as many thumbs up as down on one answer are counted, and make no pair", () => {
    const made = convert(three, [thumb("a", true), thumb("a", false), thumb("b", true)], {});
    expect(made.pairs).toEqual([]);
    expect(made.dropped).toEqual(["contradiction"]);
    expect(made.counts.loneThumbs).toBe(1);
  });

  it("considered is pairs and dropped, whatever happens", () => {
    const made = convert(three, [vote("a", "gone"), vote("a", "b"), thumb("a", true), thumb("b", false)]);
    expect(made.pairs).toEqual(["vote: A > B", "thumbs-one-sided: A > C"]);
    expect(made.dropped.toSorted()).toEqual(["missing", "repeat"]);
  });
});

describe("guards", () => {
  it("answers to different messages are no pair", () => {
    const nodes = [...answers({ a: "A" }), { id: "w", role: "user", content: "Capital of Spain?" } as const];
    const other = { id: "b", parent: "w", role: "assistant", content: "B" } as const;
    expect(convert([...nodes, other], [vote("a", "b")]).dropped).toEqual(["divergence"]);
  });

  it("greetings are no answers", () => {
    const greetings: ChatNodeInput[] = [
      { id: "a", role: "assistant", content: "Hello" },
      { id: "b", role: "assistant", content: "Hi" },
      { id: "u", parent: "a", role: "user", content: "Hey" },
    ];
    expect(convert(greetings, [vote("a", "b")]).pairs).toEqual([]);
  });

  it.each([
    ["unfinished", { content: "B", status: "partial" }],
    ["unfinished", { content: "NETWORK ERROR DUE TO HIGH TRAFFIC. PLEASE REGENERATE." }],
    ["empty", { content: " \n" }],
    ["identical", { content: "A\n " }],
    ["media", { content: [{ kind: "media", what: "image" }] }],
    ["tool-turn", { content: "", toolCalls: [{ name: "f", arguments: "{}" }] }],
  ] as const)("%s", (reason, more) => {
    const nodes = [
      ...answers({ a: "A" }),
      { id: "b", parent: "u", role: "assistant", ...more } as ChatNodeInput,
    ];
    const { outcome, dropped } = convert(nodes, [vote("a", "b")]);
    expect(dropped).toEqual([reason]);
    expect(outcome).toMatchObject({ kind: "skipped", reason });
  });

  it("an answer that cannot stand in a pair does not keep the others from it", () => {
    const items = ["c", "a", "b"].map((turn, rank) => ({ turn, rank }));
    const judgement: Judgement = { kind: "rank", items };
    expect(convert(answers({ a: "A", b: "B", c: " " }), [judgement]).pairs).toEqual(["rank: A > B"]);
  });

  it.each([
    ["Caf\u00e9", "Cafe\u0301"],
    ["A  B", "A\nB"],
  ])("answers that look the same are no pair: %j and %j", (a, b) => {
    expect(convert(answers({ a, b }), [vote("a", "b")]).dropped).toEqual(["identical"]);
  });

  it("removes reasoning, or keeps it between tags", () => {
    const nodes = answers({ a: "<think>\nhm\n</think>\n\nA", b: "B" });
    expect(convert(nodes, [vote("a", "b")]).pairs).toEqual(["vote: A > B"]);
    const kept = convert(nodes, [vote("a", "b")], { keepReasoning: true });
    expect(kept.pairs).toEqual(["vote: <think>\nhm\n</think>\n\nA > B"]);
  });

  it("keeps turns with tools that begin alike, where the tools are defined", () => {
    const call = { id: "call_9", name: "search", arguments: '{"q":1.0}' };
    const nodes: ChatNodeInput[] = [
      question,
      { id: "t", parent: "u", role: "assistant", content: "", toolCalls: [call] },
      { id: "r", parent: "t", role: "tool", content: "Paris", toolCallId: "call_9" },
      { id: "a", parent: "r", role: "assistant", content: "A" },
      { id: "b", parent: "r", role: "assistant", content: "B" },
    ];
    const tools = [{ type: "function", function: { name: "search", parameters: {} } }];
    const conversation = buildConversation(nodes, { id: "c", tools });
    const judged = { at, conversation, judgements: [vote("a", "b")] };
    const outcome = convertConversation(judged, { toolTurns: "native" }, emptyChatCounts());
    expect(outcome).toMatchObject({
      kind: "pairs",
      pairs: [
        { example: { input: { messages: [{ role: "user" }, { role: "assistant" }, { role: "tool" }] } } },
      ],
    });
    expect(convertConversation(judged, {}, emptyChatCounts())).toMatchObject({ reason: "tool-turn" });
    const undefinedTools = { ...judged, conversation: buildConversation(nodes, { id: "c" }) };
    const native = convertConversation(undefinedTools, { toolTurns: "native" }, emptyChatCounts());
    expect(native).toMatchObject({ reason: "tool-turn" });
  });
});

describe("lone thumbs", () => {
  it("are handed over, with what they answer", () => {
    const lone: UnpairedExample[] = [];
    const nodes = chainNodes([question, { id: "a", role: "assistant", content: "A" }]);
    convert(nodes, [thumb("a", false)], { onUnpaired: (example) => lone.push(example) });
    expect(lone).toEqual([
      {
        prompt: [{ role: "user", content: "Capital of France?" }],
        completion: [{ role: "assistant", content: "A" }],
        label: false,
      },
    ]);
  });
});
