import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { textJaccard } from "../../test/jaccard.ts";
import { likeness, pairShingles } from "./pair-shingles.ts";

const arbitraryText = fc
  .array(fc.constantFrom("a", "b", "c"), { maxLength: 12 })
  .map((words) => words.join(" "));

describe("likeness", () => {
  it("is the Jaccard likeness of the word 5-grams, by brute force", () => {
    const property = fc.property(arbitraryText, arbitraryText, (one, other) => {
      const expected = textJaccard(one, other);
      expect(likeness(pairShingles([[one]]), pairShingles([[other]]))).toBe(expected);
    });
    fc.assert(property);
  });

  it("is the least of all parts, and below the threshold anything below it", () => {
    const property = fc.property(
      fc.array(fc.tuple(arbitraryText, arbitraryText), { minLength: 1, maxLength: 4 }),
      fc.constantFrom(0.5, 0.8, 1),
      (parts, threshold) => {
        const one = pairShingles(parts.map(([text]) => [text]));
        const other = pairShingles(parts.map(([, text]) => [text]));
        const least = Math.min(...parts.map(([text, otherText]) => textJaccard(text, otherText)));
        const found = likeness(one, other, threshold);
        expect(least >= threshold ? found : found < threshold).toBe(least >= threshold ? least : true);
      },
    );
    fc.assert(property);
  });
});
