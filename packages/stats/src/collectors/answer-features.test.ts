import { describe, expect, it } from "vitest";
import { answerFeatures } from "./answer-features.ts";
import { firstWord } from "./first-word-collector.ts";

function featuresOf(text: string, isRefusal = false): string[] {
  const answer = { text, isRefusal, hasCalls: false, characters: text.length, tokens: undefined };
  return answerFeatures.filter((feature) => feature.has(answer)).map(({ id }) => id);
}

describe("answerFeatures", () => {
  it.each<[string, string[]]>([
    ["A plain sentence, with a - dash and 2.5 numbers * stars.", []],
    ["# Title\nText", ["heading"]],
    ["#hashtag", []],
    ["It is **very** good", ["bold"]],
    ["2 ** 3 ** 4", ["bold"]],
    ["- one\n- two", ["bullets"]],
    ["Text\n  • one", ["bullets"]],
    ["1. one\n2) two", ["numbers"]],
    ["```ts\nlet a\n```", ["code-block"]],
    ["Run `npm test` now", ["inline-code"]],
    ["| a | b |\n|---|---|", ["table"]],
    ["See https://example.org", ["link"]],
    ["So \\(x^2\\)", ["formula"]],
    ["Well done 🎉", ["emoji"]],
    ["© 2026, 5 ™", []],
    ["Great!", ["exclamation"]],
    ["Shall I go on? ", ["question"]],
    ["好吗？", ["question"]],
    ["What? No.", []],
    ["I'm sorry, but I can't help with that.", ["refusal"]],
    ["I’m unable to do so.", ["refusal"]],
    ["As an AI language model, I have no body.", ["refusal"]],
    ["I cannot recommend it enough", ["refusal"]],
    ["I can certainly help", []],
    ["The sorry state of it: I cannot say", []],
  ])("of %j", (text, features) => {
    expect(featuresOf(text)).toEqual(features);
  });

  it("take a declared refusal at its word", () => {
    expect(featuresOf("Not today.", true)).toEqual(["refusal"]);
  });

  it("look through long texts in time that grows with them", () => {
    const long = ["*", "`", "|", " ", "- ", "\n", "#", "I'm ", "1"].map((unit) => unit.repeat(300_000));
    expect(long.map((text) => featuresOf(text).length).every((count) => count < 5)).toBe(true);
  });
});

describe("firstWord", () => {
  it.each([
    ["Certainly! Here", "certainly"],
    ["  **Sure**", "sure"],
    ["I’m not", "i’m"],
    ["!!!", ""],
    ["", ""],
    ["x".repeat(100), "x".repeat(24)],
    ["東京です", "東京です"],
  ])("of %j is %j", (text, word) => {
    expect(firstWord(text)).toBe(word);
  });
});
