import type { JsonObject } from "@dpo-kit/schema";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { PairwiseConvertOptions } from "../src/index.ts";
import { assistant, convertRows, user } from "./convert-rows.ts";

/** Rows under names that are known, and what must be said where the names are others. */
interface Family {
  rows: readonly JsonObject[];
  /** The columns that are renamed. */
  names: readonly string[];
  /** The options for the new names. */
  flags: (name: (known: string) => string) => PairwiseConvertOptions;
}

const scored = (text: string, score: number): JsonObject => ({ text, score });

const families: Record<string, Family> = {
  "P: a prompt and two texts": {
    rows: [
      { prompt: "Hi", chosen: "a", rejected: "b" },
      { prompt: "Bye", chosen: "c", rejected: "d" },
    ],
    names: ["prompt", "chosen", "rejected"],
    flags: (name) => ({
      columns: { prompt: name("prompt"), preferred: name("chosen"), nonPreferred: name("rejected") },
    }),
  },
  "P: messages, and objects as sides": {
    rows: [
      {
        conversations: [{ from: "human", value: "Hi" }],
        chosen: { from: "gpt", value: "a" },
        rejected: { from: "gpt", value: "b" },
        system: "Sys",
      },
    ],
    names: ["conversations", "chosen", "rejected", "system"],
    flags: (name) => ({
      columns: {
        prompt: name("conversations"),
        preferred: name("chosen"),
        nonPreferred: name("rejected"),
        system: name("system"),
      },
    }),
  },
  "M: two conversations": {
    rows: [{ chosen: [user("Hi"), assistant("a")], rejected: [user("Hi"), assistant("b")] }],
    names: ["chosen", "rejected"],
    flags: (name) => ({ columns: { preferred: name("chosen"), nonPreferred: name("rejected") } }),
  },
  "T: two transcripts": {
    rows: [
      { chosen: "\n\nHuman: Hi\n\nAssistant: a", rejected: "\n\nHuman: Hi\n\nAssistant: b" },
      { chosen: "\n\nHuman: Bye\n\nAssistant: c", rejected: "\n\nHuman: Bye\n\nAssistant: d" },
    ],
    names: ["chosen", "rejected"],
    flags: (name) => ({ columns: { preferred: name("chosen"), nonPreferred: name("rejected") } }),
  },
  "W: two texts and a verdict": {
    rows: [
      { prompt: "Hi", response_a: "a", response_b: "b", winner: "model_b" },
      { prompt: "Bye", response_a: "c", response_b: "d", winner: "model_a" },
    ],
    names: ["prompt", "response_a", "response_b", "winner"],
    flags: (name) => ({
      from: "two-candidates",
      columns: { prompt: name("prompt"), preferred: name("response_a"), nonPreferred: name("response_b") },
      verdict: { column: name("winner"), meanings: { model_a: "first", model_b: "second" } },
    }),
  },
  "W: two conversations and a verdict": {
    rows: [
      {
        conversation_a: [user("Hi"), assistant("a")],
        conversation_b: [user("Hi"), assistant("b")],
        winner: "model_b",
      },
    ],
    names: ["conversation_a", "conversation_b", "winner"],
    flags: (name) => ({
      from: "two-conversations",
      columns: { preferred: name("conversation_a"), nonPreferred: name("conversation_b") },
      verdict: { column: name("winner"), meanings: { model_a: "first", model_b: "second" } },
    }),
  },
  "W: lists of turns and a verdict": {
    rows: [{ prompt: '["Hi"]', response_a: '["a"]', response_b: '["b"]', winner: "model_a" }],
    names: ["prompt", "response_a", "response_b", "winner"],
    flags: (name) => ({
      from: "two-turn-lists",
      columns: { prompt: name("prompt"), preferred: name("response_a"), nonPreferred: name("response_b") },
      verdict: { column: name("winner"), meanings: { model_a: "first", model_b: "second" } },
    }),
  },
  "L: lists of better and worse answers": {
    rows: [{ prompt: "Hi", chosen: ["a", "b"], rejected: ["c", "d"] }],
    names: ["prompt", "chosen", "rejected"],
    flags: (name) => ({
      columns: { prompt: name("prompt"), preferred: name("chosen"), nonPreferred: name("rejected") },
    }),
  },
  "L: the best and the others": {
    rows: [{ prompt: "Hi", bon_best: "a", loser_list: ["b", "c"] }],
    names: ["prompt", "bon_best", "loser_list"],
    flags: (name) => ({
      columns: { prompt: name("prompt"), preferred: name("bon_best"), nonPreferred: name("loser_list") },
    }),
  },
  "L: scored answers": {
    rows: [{ prompt: "Hi", answers: [scored("a", 1), scored("b", 3), scored("c", 2)] }],
    names: ["prompt", "answers"],
    flags: (name) => ({ columns: { prompt: name("prompt"), preferred: name("answers") } }),
  },
  "L: answers and their scores side by side": {
    rows: [{ prompt: "Hi", generations: ["a", "b"], ratings: [1, 2] }],
    names: ["prompt", "generations", "ratings"],
    flags: (name) => ({
      columns: { prompt: name("prompt"), preferred: name("generations") },
      score: name("ratings"),
    }),
  },
  "L: answers and the number of the best": {
    rows: [
      { prompt: "Hi", summaries: [{ text: "a" }, { text: "b" }], choice: 1 },
      { prompt: "Bye", summaries: [{ text: "c" }, { text: "d" }], choice: 0 },
    ],
    names: ["prompt", "summaries", "choice"],
    flags: (name) => ({
      columns: { prompt: name("prompt"), preferred: name("summaries") },
      verdict: { column: name("choice"), meanings: { 0: "first" } },
    }),
  },
  "R: a scored answer a row": {
    rows: [
      { prompt: "Hi", response: "a", score: 1 },
      { prompt: "Hi", response: "b", score: 5 },
    ],
    names: ["prompt", "response", "score"],
    flags: (name) => ({
      columns: { prompt: name("prompt"), preferred: name("response") },
      score: name("score"),
    }),
  },
  "R: gathered by another column": {
    rows: [
      { prompt: "Hi", id: 1, response: "a", score: 1 },
      { prompt: "Hi", id: 2, response: "b", score: 5 },
      { prompt: "Hi", id: 1, response: "c", score: 3 },
      { prompt: "Hi", id: 2, response: "d", score: 4 },
    ],
    names: ["prompt", "id", "response", "score"],
    flags: (name) => ({
      columns: { prompt: name("prompt"), preferred: name("response") },
      score: name("score"),
      gatherBy: [name("id")],
    }),
  },
  "K: a judged answer a row": {
    rows: [
      { prompt: "Hi", completion: "a", label: true },
      { prompt: "Hi", completion: "b", label: false },
    ],
    names: ["prompt", "completion", "label"],
    flags: (name) => ({
      columns: { prompt: name("prompt"), preferred: name("completion") },
      verdict: { column: name("label"), meanings: { true: "first", false: "second" } },
    }),
  },
};

async function pairsOf(rows: readonly JsonObject[], options: PairwiseConvertOptions): Promise<unknown[]> {
  const outcomes = await convertRows(rows, options);
  return outcomes.flatMap((outcome): unknown[] =>
    outcome.kind === "pairs" ? outcome.pairs.map(({ example }) => example) : [outcome],
  );
}

/** Names that mean nothing to anybody: all consonants. */
const strange = fc
  .stringMatching(/^[bcdfghjklmnpqrtvwxz]{4,7}$/u)
  .chain((word) => fc.constantFrom(word, word.toUpperCase(), `${word} ${word}`, `${word}-ß`));

describe("names that nobody knows, with flags, give the pairs of names that are known", () => {
  test.each(Object.entries(families))("%s", async (_, { rows, names, flags }) => {
    const gathered = flags((known) => known).gatherBy;
    const expected = await pairsOf(rows, gathered === undefined ? {} : { gatherBy: gathered });
    expect(expected.length).toBeGreaterThan(0);
    expect(expected.every((pair) => "input" in (pair as object))).toBe(true);
    const renamings = fc.uniqueArray(strange, {
      minLength: names.length,
      maxLength: names.length,
      selector: (name) => name.toLowerCase().replace(/[^a-z]/gu, ""),
    });
    const property = fc.asyncProperty(renamings, async (others) => {
      const name = (known: string): string => others[names.indexOf(known)] ?? known;
      const renamed = rows.map((row) =>
        Object.fromEntries(Object.entries(row).map(([known, value]) => [name(known), value])),
      );
      expect(await pairsOf(renamed, flags(name))).toEqual(expected);
    });
    await fc.assert(property, { numRuns: 50 });
  });
});
