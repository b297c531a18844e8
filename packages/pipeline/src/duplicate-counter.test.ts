import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { makeBatches, type StatedPair } from "../test/make-batches.ts";
import { createDuplicateCounter } from "./duplicate-counter.ts";

const pair = (prompt: string, preferred: string, nonPreferred: string): StatedPair => ({
  prompt,
  preferred,
  nonPreferred,
});

async function countOf(pairs: readonly StatedPair[], maxBytes?: number) {
  const counter = createDuplicateCounter(maxBytes);
  for (const batch of await makeBatches(pairs)) {
    counter.observe(batch);
  }
  return counter.counts();
}

describe("createDuplicateCounter", () => {
  test("counts exact duplicates and reversals, the latter whatever case and white space", async () => {
    const counts = await countOf([
      pair("q", "good", "bad"),
      pair("q", "good", "bad"),
      pair("q", "good", "bad"),
      pair("Q ", "BAD", "good"),
      pair("other", "bad", "good"),
    ]);
    expect(counts).toEqual({ exact: 2, reversed: 1, lowerBound: false });
  });

  test("agrees with counting by hand on any pairs", async () => {
    const text = fc.constantFrom("a", "b", "c");
    const stated = fc
      .record({ prompt: text, preferred: text, nonPreferred: text })
      .filter((p) => p.preferred !== p.nonPreferred);
    await fc.assert(
      fc.asyncProperty(fc.array(stated, { maxLength: 40 }), async (pairs) => {
        const seen = new Set<string>();
        const expected = { exact: 0, reversed: 0, lowerBound: false };
        for (const { prompt, preferred, nonPreferred } of pairs) {
          if (seen.has(`${prompt}${preferred}${nonPreferred}`)) {
            expected.exact += 1;
          } else {
            expected.reversed += seen.has(`${prompt}${nonPreferred}${preferred}`) ? 1 : 0;
          }
          seen.add(`${prompt}${preferred}${nonPreferred}`);
        }
        expect(await countOf(pairs)).toEqual(expected);
      }),
      { numRuns: 50 },
    );
  });

  test("says that it counts a lower bound once its memory is full", async () => {
    const many = Array.from({ length: 3000 }, (_, index) => pair(`q${index}`, "good", "bad"));
    expect(await countOf([...many, ...many], 2 * 24 * 1024)).toMatchObject({ lowerBound: true });
  });
});
