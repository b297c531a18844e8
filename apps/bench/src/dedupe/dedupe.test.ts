import { expect, it } from "vitest";
import { findLikePairs } from "./exact-likeness.ts";
import { nearPairs } from "./near-pairs.ts";

it("generates the same pairs for the same seed, and others for another", () => {
  const options = { pairs: 50, seed: 3 };
  expect(nearPairs(options)).toEqual(nearPairs(options));
  expect(nearPairs({ ...options, seed: 4 })).not.toEqual(nearPairs(options));
});

it("finds pairs that are alike in every part", () => {
  const words = "one two three four five six seven eight nine ten";
  const like = findLikePairs(
    [
      [words, words, words],
      [words, `${words} eleven`, words],
      [words, words, "something else altogether, it seems"],
    ],
    0.8,
  );
  expect(like).toEqual([{ one: 0, other: 1, score: 6 / 7 }]);
});

it("generates near duplicates on both sides of a likeness of 0.8", () => {
  const like = findLikePairs(nearPairs({ pairs: 400, seed: 1 }), 0.3);
  const near = like.filter(({ score }) => score >= 0.8);
  expect(near.length).toBeGreaterThan(20);
  expect(like.length - near.length).toBeGreaterThan(20);
});
