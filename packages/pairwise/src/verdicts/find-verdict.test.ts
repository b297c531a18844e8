import type { JsonObject, JsonValue } from "@dpo-kit/schema";
import { describe, expect, it } from "vitest";
import { findAnswerColumns } from "../candidates/answer-columns.ts";
import type { VerdictMapping } from "../mapping-options.ts";
import { findVerdict } from "./find-verdict.ts";
import { readVerdict } from "./read-verdict.ts";

/** What the verdicts of a column come to beside two answers, or what is asked. */
function readings(
  answers: readonly [string, string],
  column: string,
  values: readonly JsonValue[],
  given?: VerdictMapping,
  beside: JsonObject = {},
): unknown {
  const rows = values.map((value) => ({ [answers[0]]: "x", [answers[1]]: "y", ...beside, [column]: value }));
  const columns = Object.keys(rows[0]!);
  const found = findVerdict({ columns, answers: findAnswerColumns(columns)!, rows }, given);
  return found.kind === "found" ? rows.map((row) => readVerdict(row, found.rule).reading) : found.kind;
}

const ab = ["response_a", "response_b"] as const;
const zeroOne = ["response_0", "response_1"] as const;
const oneTwo = ["output_1", "output_2"] as const;

describe("the direction of a verdict", () => {
  it("is that of the numbers which the answers bear", () => {
    expect(readings(zeroOne, "label", [0, 1, "1", null])).toEqual(["first", "second", "second", "none"]);
    expect(readings(oneTwo, "label", [1, 2, "2.0"])).toEqual(["first", "second", "second"]);
    expect(readings(["answer_0", "answer_1"], "choice", [1, 0])).toEqual(["second", "first"]);
  });

  it("is never taken from values alone", () => {
    expect(readings(ab, "label", [0, 1])).toBe("unclear");
    expect(readings(ab, "winner", [1, 2])).toBe("unclear");
    expect(readings(oneTwo, "label", [0, 1, 2])).toBe("unclear");
    expect(readings(zeroOne, "label", [0, 1, 2])).toBe("unclear");
    expect(readings(oneTwo, "label", [0, 1])).toBe("unclear");
    expect(readings(oneTwo, "preference", [0, 1, 2])).toBe("unclear");
    expect(readings(ab, "label", [true, false])).toBe("unclear");
    expect(readings(["response_1", "response_2"], "label", [-1, 2, 0])).toBe("unclear");
    expect(readings(ab, "labels", [0, 1])).toBe("unclear");
  });

  it("is asked where only one of two numbers occurs, which may count from 0 or from 1", () => {
    expect(readings(oneTwo, "label", [1, 1])).toBe("unclear");
    expect(readings(oneTwo, "label", [2, null])).toBe("unclear");
    expect(readings(zeroOne, "label", [1, 1])).toEqual(["second", "second"]);
  });

  it("is told by column names that mean one thing", () => {
    const strong = ["response1", "response2"] as const;
    expect(readings(strong, "overall_preference", [-2, 3, 0])).toEqual(["first", "second", "tie"]);
    expect(readings(strong, "preference_strength", [-1])).toEqual(["first"]);
    expect(readings(["human_ref_A", "human_ref_B"], "labels", [1, 0])).toEqual(["first", "second"]);
    const generators = { generator_1: "m", generator_2: "n" };
    expect(readings(oneTwo, "preference", [1, 1.49, 1.5, 1.51, 2, 0, null], undefined, generators)).toEqual([
      "first",
      "first",
      "tie",
      "second",
      "second",
      "tie",
      "none",
    ]);
  });

  it.each([
    ["model_a", "first"],
    ["MODEL_B", "second"],
    ["tie (bothbad)", "tie"],
    ["both_bad", "tie"],
    ["response_b", "second"],
    ["A", "first"],
    ["left", "first"],
    ["A>>B", "first"],
    ["[[B>>A]]", "second"],
    ["B<A", "first"],
    ["A=B", "tie"],
  ])("is the answer that the text %s names", (text, side) => {
    expect(readings(ab, "winner", [text])).toEqual([side]);
  });

  it("is not read out of the sign between letters where the answers bear numbers", () => {
    expect(readings(oneTwo, "label", ["A>B", "B>A"])).toBe("unclear");
  });

  it("is what the user says, and nothing is guessed for values the user leaves out", () => {
    const meanings = { 1: "first", 0: "second" } as const;
    expect(readings(ab, "label", [1, 0, 2, "", true], { column: "label", meanings })).toEqual([
      "first",
      "second",
      "unknown",
      "none",
      "unknown",
    ]);
    const halves = { "<0": "second", ">0": "first", 0: "tie" } as const;
    expect(readings(ab, "margin", [-0.5, 2, 0], { column: "margin", meanings: halves })).toEqual([
      "second",
      "first",
      "tie",
    ]);
  });

  it("goes before scores that say otherwise", () => {
    expect(readings(ab, "winner", ["model_b"], undefined, { score_a: 9, score_b: 1 })).toEqual(["second"]);
  });

  it("is kept where a few names are garbled, and asked about where a rare number may change what others mean", () => {
    const names = Array.from({ length: 20 }, () => "model_a");
    expect(readings(ab, "winner", [...names, "modle_b"])).toContain("unknown");
    const numbers = Array.from({ length: 20 }, (_, index) => index % 2);
    expect(readings(zeroOne, "label", [...numbers, 2])).toBe("unclear");
  });

  it("is a tie where the model that won stands on both sides", () => {
    const models = { model_a: "m", model_b: "m" };
    expect(readings(ab, "winner", ["tie"], undefined, models)).toEqual(["tie"]);
    expect(readings(ab, "winner", ["m"], undefined, models)).toBe("unclear");
  });
});

describe("what is asked", () => {
  it("shows the counts of both readings, ready to be typed", () => {
    const rows = [0, 0, 1, 2].map((label) => ({ "response 1": "x", "response 2": "y", label }));
    const columns = Object.keys(rows[0]!);
    const found = findVerdict({ columns, answers: findAnswerColumns(columns)!, rows });
    expect(found).toEqual({
      kind: "unclear",
      columns: ["label"],
      message:
        "Nothing says what the values of label mean: label:0=first,1=second,2=tie gives first 2, second 1, tie 1; label:0=tie,1=first,2=second gives first 1, second 1, tie 2",
      flags: ["label:0=first,1=second,2=tie", "label:0=tie,1=first,2=second"],
    });
  });

  it.each([
    [["response 1", "response 2"], 1, ["label:0=first,1=second,2=tie", "label:0=tie,1=first,2=second"]],
    [["response_a", "response_b"], 0, ["label:0=first", "label:0=second"]],
  ])("shows both readings of %j where every row says %j", (columns, label, flags) => {
    const rows = [{ [columns[0]!]: "x", [columns[1]!]: "y", label }];
    const names = [...columns, "label"];
    const found = findVerdict({ columns: names, answers: findAnswerColumns(names)!, rows });
    expect(found).toMatchObject({ kind: "unclear", flags });
  });

  it("shows the counts of both verdicts where there are two", () => {
    const rows = [
      { response_0: "x", response_1: "y", better_response_id: 0, safer_response_id: 1 },
      { response_0: "x", response_1: "y", better_response_id: 0, safer_response_id: 0 },
    ];
    const columns = Object.keys(rows[0]!);
    const found = findVerdict({ columns, answers: findAnswerColumns(columns)!, rows });
    expect(found).toMatchObject({
      message:
        "There are 2 verdicts (better_response_id: first 2, second 0, tie 0; safer_response_id: first 1, second 1, tie 0): which of them is meant?",
      flags: ["better_response_id", "safer_response_id", "better_response_id+safer_response_id"],
    });
  });
});

describe("columns of answers", () => {
  it.each([
    [["response_a", "response_b"], "response"],
    [["response_A", "response_B", "score_A", "score_B"], "response"],
    [["response 1", "response 2"], "response"],
    [["response1", "response2"], "response"],
    [["human_ref_A", "human_ref_B", "c_root_id_A", "c_root_id_B"], "humanref"],
    [["action_0_description", "action_1_description"], "actiondescription"],
    [["candidate0", "candidate1", "candidate0_score", "candidate1_score"], "candidate"],
    [["orig_response_A", "orig_response_B", "output"], "origresponse"],
    [["conversationA", "conversationB"], "conversation"],
  ])("are found among %j", (columns, stem) => {
    expect(findAnswerColumns(columns)).toMatchObject({ first: columns[0], second: columns[1], stem });
  });

  it("are not two of a longer list, nor scores, models or judges", () => {
    expect(findAnswerColumns(["response_0", "response_1", "response_2"])).toBeUndefined();
    expect(findAnswerColumns(["response_1", "response_2", "response_3"])).toBeUndefined();
    expect(findAnswerColumns(["score_a", "score_b", "model_a", "model_b"])).toBeUndefined();
    expect(findAnswerColumns(["__proto__", "constructor"])).toBeUndefined();
  });
});
