import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isSameText } from "./same-text.ts";
import { trimWhiteSpace } from "./white-space.ts";

const tricky = fc.constantFrom(
  "a",
  "e",
  "é",
  "e\u0301",
  "\u0301",
  "\u0323",
  "Å",
  "\u212b",
  "한",
  "\u1112\u1161\u11ab",
  ";",
  "\u037e",
  "中",
  "豈",
  "\uf900",
  "И",
  "Й",
  "И\u0306",
  "가",
  "각",
  "\u11a8",
  "\ud834\udd5e",
  "\ud83d",
  " ",
  "\u2000",
  "\u2002",
);
const text = fc.oneof(
  fc.array(tricky, { maxLength: 6 }).map((parts) => parts.join("")),
  fc.string({ unit: "binary" }),
);

describe("isSameText", () => {
  test("is equality after trimming and NFC", () => {
    const composed = (of: string): string => trimWhiteSpace(of).normalize("NFC");
    fc.assert(
      fc.property(text, text, text, (start, one, other) => {
        const [left, right] = [start + one, start + other];
        expect(isSameText(left, right)).toBe(composed(left) === composed(right));
        expect(isSameText(left, ` ${left.normalize("NFD")}\n`)).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });

  test("an accent of its own, a letter for a sign: the same; case and inner space: not", () => {
    expect(isSameText("café", "cafe\u0301 ")).toBe(true);
    expect(isSameText("5 \u212b", "5 Å")).toBe(true);
    expect(isSameText("cafe", "cafe\u0301")).toBe(false);
    expect(isSameText("Yes", "yes")).toBe(false);
    expect(isSameText("a b", "a  b")).toBe(false);
  });
});
