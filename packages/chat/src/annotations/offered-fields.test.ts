import { describe, expect, it } from "vitest";
import { asksForWorse, offeredBeside } from "./offered-fields.ts";

describe("a question of annotators", () => {
  it.each(["preference", "which_is_better", "rating_response_1", "comparison", "helpfulness", "overall"])(
    "by which the better answer stands higher: %s",
    (question) => expect(asksForWorse(question)).toBe(false),
  );

  it.each([
    "which_is_worse",
    "toxicity_response_1",
    "errors_answer1",
    "least_helpful",
    "latency",
    "hallucination",
  ])("by which it need not: %s", (question) => expect(asksForWorse(question)).toBe(true));
});

describe("the fields between which was chosen", () => {
  it("are those called alike, not one that is not known to be an answer", () => {
    expect(offeredBeside(["response_2"], ["response_1", "response_2", "context"])).toEqual([
      "response_1",
      "response_2",
    ]);
    expect(offeredBeside(["good"], ["good", "other", "context"])).toBeUndefined();
  });
});
