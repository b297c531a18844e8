import { DataError, type JsonObject, type JsonValue } from "@dpo-kit/schema";
import { arbitraryJson, collect } from "@dpo-kit/testkit";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { convertPairwise, detectPairwise, type PairwiseRow } from "../src/index.ts";

/** Rows of each shape of candidates; any value of theirs may be anything. */
const rows: Readonly<Record<string, JsonObject>> = {
  "two-candidates": {
    prompt: "Hi",
    response_a: "a",
    response_b: "b",
    winner: "model_a",
    score_a: 1,
    score_b: 2,
  },
  "two-conversations": {
    conversation_a: [
      { role: "user", content: "Hi" },
      { role: "assistant", content: "a" },
    ],
    conversation_b: [
      { role: "user", content: "Hi" },
      { role: "assistant", content: "b" },
    ],
    winner: "model_b",
    turn: 1,
  },
  "two-turn-lists": { prompt: '["Hi"]', response_a: '["a"]', response_b: '["b"]', winner: "model_b" },
  "chosen-rejected-lists": { prompt: "Hi", chosen: ["a", "b"], rejected: ["c"] },
  "best-and-losers": { prompt: "Hi", bon_best: "a", loser_list: ["b", "c"] },
  "candidate-list": {
    prompt: "Hi",
    answers: [
      { answer: "a", rank: 1 },
      { answer: "b", rank: 2 },
    ],
  },
  "parallel-lists": { prompt: "Hi", generations: ["a", "b"], ratings: [1, 2] },
  "list-and-choice": { prompt: "Hi", summaries: [{ text: "a" }, { text: "b" }], choice: 1 },
  "scored-turns": {
    conversation_history: [
      { role: "user", content: "Hi" },
      { role: "model", content: "a", score: 1, if_chosen: true },
      { role: "model", content: "b", score: 2, if_chosen: false },
    ],
  },
  "oasst-tree": {
    tree_state: "ready_for_export",
    prompt: {
      role: "prompter",
      text: "Hi",
      replies: [{ role: "assistant", text: "a", rank: 0, replies: [] }],
    },
  },
  "oasst-flat": {
    message_id: "1",
    parent_id: null,
    message_tree_id: "1",
    text: "Hi",
    role: "prompter",
    rank: null,
  },
  unpaired: { prompt: "Hi", completion: "a", label: true },
  "long-format": { prompt: "Hi", response: "a", score: 1 },
};

function toRows(values: readonly JsonValue[]): PairwiseRow[] {
  return values.map((value, ordinal) => ({ value, at: { source: "-", ordinal }, bytes: 100 }));
}

describe("rows whose values are anything", () => {
  it.each(Object.keys(rows))("%s: each has an outcome, and nothing breaks", async (id) => {
    const row = rows[id]!;
    expect(detectPairwise([row]).chosen?.id).toBe(id);
    const detection = detectPairwise([row]);
    expect(structuredClone(detection)).toEqual(detection);
    const broken = fc
      .tuple(fc.constantFrom(...Object.keys(row), "__proto__", "constructor"), arbitraryJson())
      .map(([name, value]) => Object.fromEntries([...Object.entries(row), [name, value]]) as JsonObject);
    const property = fc.asyncProperty(fc.array(broken, { maxLength: 4 }), async (values) => {
      const given = toRows([row, ...values]);
      const outcomes = await collect(convertPairwise(given, { detection }));
      expect(outcomes.length).toBeGreaterThan(0);
      expect(outcomes.length).toBeLessThanOrEqual(given.length);
      // Detection sees the same rows: it may refuse them, with a code of its own.
      const refused = await collect(convertPairwise(given)).then(
        () => true,
        (error: unknown) => DataError.isInstance(error),
      );
      expect(refused).toBe(true);
    });
    await fc.assert(property, { numRuns: 60 });
  });

  it("may be nested so deeply that a recursion would end in an error", async () => {
    let deep: JsonValue = 1;
    for (let depth = 0; depth < 20_000; depth += 1) {
      deep = [deep];
    }
    const judged = rows["two-candidates"]!;
    const detection = detectPairwise([judged]);
    const outcomes = await collect(convertPairwise(toRows([{ ...judged, winner: deep }]), { detection }));
    expect(outcomes.map(({ kind }) => kind)).toEqual(["rejected"]);
  });
});
