import { describe, expect, it } from "vitest";
import { fileOf } from "./chat-fixtures.ts";
import { convertFiles } from "./real-data.ts";

const fields = { prompt: "Q", response_1: "A", response_2: "B" };

/** Records of Argilla with what annotators answered, by question. */
function argilla(responses: object): object {
  return [{ id: "r", fields, responses }];
}

/** A task of Label Studio with the results of one annotation. */
function labelStudio(...result: object[]): object {
  return [{ id: 1, data: fields, annotations: [{ id: 1, was_cancelled: false, result }] }];
}

const left = { type: "pairwise", value: { selected: "left" } };
const stars = (name: string, field: string, rating: number): object => {
  return { type: "rating", from_name: `${name}_${field}`, to_name: field, value: { rating } };
};

describe("questions by which the better answer does not stand higher make no pair", () => {
  it.each([
    ["stars", argilla({ toxicity_response_1: [{ value: 5 }], toxicity_response_2: [{ value: 1 }] })],
    ["orders", argilla({ most_harmful: [{ value: ["response_1", "response_2"] }] })],
    ["stars", labelStudio(stars("errors", "response_1", 5), stars("errors", "response_2", 1))],
    ["sides", labelStudio({ ...left, from_name: "which_is_worse" })],
  ])("%s", async (_, records) => {
    expect((await convertFiles([fileOf(records)])).pairs).toEqual([]);
  });

  it.each([
    argilla({ clarity_response_1: [{ value: 5 }], clarity_response_2: [{ value: 1 }] }),
    argilla({ ranking: [{ value: ["response_1", "response_2"] }] }),
    labelStudio(stars("clarity", "response_1", 5), stars("clarity", "response_2", 1)),
    labelStudio({ ...left, from_name: "comparison" }),
  ])("others do (%#)", async (records) => {
    expect((await convertFiles([fileOf(records)])).pairs).toEqual([["A", "B"]]);
  });
});

it("ratings by two annotators of one answer each compare nothing", async () => {
  const by = (second: string): object =>
    argilla({
      clarity_response_1: [{ value: 5, user_id: "one" }],
      clarity_response_2: [{ value: 1, user_id: second }],
    });
  expect((await convertFiles([fileOf(by("one"))])).pairs).toEqual([["A", "B"]]);
  expect((await convertFiles([fileOf(by("two"))])).pairs).toEqual([]);
});

it("annotations of two projects in one file are kept apart by the answers", async () => {
  const annotation = { id: 7, prompt: "Q", comparison: "left", annotation_id: 1 };
  const records = [
    { ...annotation, answer1: "A", answer2: "B" },
    { ...annotation, answer1: "B", answer2: "A", comparison: "right" },
    { ...annotation, answer1: "C", answer2: "D", comparison: "right" },
  ];
  const { pairs } = await convertFiles([fileOf(records)]);
  expect(pairs).toEqual([
    ["A", "B"],
    ["A", "B"],
    ["D", "C"],
  ]);
});
