import { arbitraryHostileText } from "@dpo-kit/testkit";
import fc from "fast-check";
import { getEncoding, type TiktokenEncoding } from "js-tiktoken";
import { describe, expect, it } from "vitest";
import { createTextCounter } from "./text-counter.ts";

/** The encodings that the other tokenizer knows. */
const shared: TiktokenEncoding[] = [
  "o200k_base",
  "cl100k_base",
  "p50k_base",
  "p50k_edit",
  "r50k_base",
  "gpt2",
];

/** Letters of both cases and none, marks, digits, contractions, spaces and breaks: what pieces are cut by. */
const pieces = [
  "a",
  "b",
  "Z",
  "é",
  "漢",
  "ǅ",
  "ʰ",
  "\u0301",
  "1",
  "٣",
  "'",
  "'s",
  "'LL",
  "'ſ",
  " ",
  "  ",
  "\n",
  "\r",
  "\t",
  "/",
  "!",
  "…",
  "👩‍👩‍👧",
  "𝒜",
  "\u3000",
  "\u0085",
  "<|endoftext|>",
  "\ud800",
];

describe.each(shared)("%s", async (encoding) => {
  const countTokens = await createTextCounter(encoding);
  const other = getEncoding(encoding);
  const expected = (text: string): number => other.encode(text, [], []).length;

  it("counts as another tokenizer does, whatever the text", () => {
    const text = fc.oneof(
      arbitraryHostileText(),
      fc.string({ unit: "binary", maxLength: 60 }),
      fc.string({ unit: "grapheme", maxLength: 60 }),
      fc.array(fc.constantFrom(...pieces), { maxLength: 30 }).map((list) => list.join("")),
    );
    fc.assert(
      fc.property(text, (one) => {
        expect(countTokens(one)).toBe(expected(one));
      }),
      { numRuns: 800 },
    );
  });

  it("joins long pieces as another tokenizer does", () => {
    const run = fc
      .array(fc.constantFrom("a", "b", "th", "漢", "ing", "é"), { minLength: 1, maxLength: 4 })
      .chain((unit) => fc.integer({ min: 1, max: 120 }).map((times) => unit.join("").repeat(times)));
    fc.assert(
      fc.property(run, (one) => {
        expect(countTokens(one)).toBe(expected(one));
      }),
      { numRuns: 30 },
    );
  });
});
