import { expect, test } from "vitest";
import { median, pairedRatio, spread } from "./statistics.ts";

test("median of odd and even counts", () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([10, 1, 2, 3])).toBe(2.5);
});

test("spread shows median, smallest and largest", () => {
  expect(spread([1.5, 1.25, 2], 2)).toBe("1.50 (1.25-2.00)");
});

test("a round that was slow for all does not move the ratio", () => {
  expect(pairedRatio([2, 20, 2], [1, 10, 1])).toBe(2);
});
