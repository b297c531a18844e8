import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { displayWidth } from "./display-width.ts";
import { cutText, padText, placeAndText, wrapText } from "./fit-text.ts";

describe("displayWidth", () => {
  test.each([
    ["plain", 5],
    ["世界", 4],
    ["e\u0301", 1],
    ["👩‍👩‍👧", 2],
    ["\u001b[31mred\u001b[39m", 3],
    ["", 0],
  ])("%j takes %i columns", (text, width) => {
    expect(displayWidth(text)).toBe(width);
  });
});

describe("cutText", () => {
  test.each([
    ["short", 10, "short"],
    ["exactly ten", 11, "exactly ten"],
    ["somewhat longer", 8, "somewha…"],
    ["世界世界", 5, "世界…"],
    ["e\u0301e\u0301e\u0301", 2, "e\u0301…"],
  ])("%j to %i columns", (text, width, cut) => {
    expect(cutText(text, width, "…")).toBe(cut);
  });

  test("a huge text is cut without being measured to its end", () => {
    expect(cutText("x".repeat(50_000_000), 10, "...")).toBe("xxxxxxx...");
  });
});

test("padText aligns by what is seen", () => {
  expect(padText("世", 4)).toBe("世  ");
  expect(padText("7", 3, "right")).toBe("  7");
});

describe("wrapText", () => {
  test("breaks at spaces, and inside words only where it must", () => {
    expect(wrapText("one two three", 7)).toEqual(["one two", "three"]);
    expect(wrapText("a verylongword b", 6)).toEqual(["a", "verylo", "ngword", "b"]);
    expect(wrapText("line\n\nbreaks", 20)).toEqual(["line", "", "breaks"]);
  });

  test("no line is wider than asked, and no character is lost", () => {
    const text = fc.string({ unit: fc.constantFrom("a", "b", " ", "世", "é", "\n", "👍") });
    fc.assert(
      fc.property(text, fc.integer({ min: 2, max: 12 }), (written, width) => {
        const lines = wrapText(written, width);
        expect(Math.max(...lines.map(displayWidth))).toBeLessThanOrEqual(width);
        expect(lines.join("").replace(/ /gu, "")).toBe(written.replace(/[ \n]/gu, ""));
      }),
    );
  });
});

test("placeAndText keeps a long place whole, on a line of its own", () => {
  expect(placeAndText("a.csv:1:", "short", 40)).toEqual(["a.csv:1: short"]);
  expect(placeAndText("a.csv:1:", "somewhat longer than a line", 24)).toEqual([
    "a.csv:1: somewhat",
    "  longer than a line",
  ]);
  expect(placeAndText("/a/long/path/to/some.csv:1:", "said of it", 30)).toEqual([
    "/a/long/path/to/some.csv:1:",
    "  said of it",
  ]);
});
