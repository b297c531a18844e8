import { expect, test } from "vitest";
import { barWidth, formatBar } from "./bar.ts";
import { symbolsFor } from "./symbols.ts";

const symbols = symbolsFor(false);

test.each([
  [0, 10, ""],
  [1, 1000, "#"],
  [5, 10, "#####"],
  [10, 10, "##########"],
  [12, 10, "##########"],
  [1, 0, ""],
])("a bar of %d in %d", (part, whole, bar) => {
  expect(formatBar(part, whole, { width: 10, symbols })).toBe(bar);
});

test("a bar takes what is left of the terminal, within bounds", () => {
  expect([barWidth(120, 40), barWidth(80, 60), barWidth(40, 38), barWidth(40, 60)]).toEqual([30, 20, 0, 0]);
  expect(formatBar(1, 1, { width: 0, symbols })).toBe("");
});
