import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compilePattern, patternMatches } from "./pattern.ts";
import { WhereError } from "./where-error.ts";

const finds = (pattern: string, text: string) => patternMatches(compilePattern(pattern), text);

describe("patterns", () => {
  const leaf = fc.constantFrom("a", "b", "é", "😀", ".", "[ab]", "[^a]", "\\d", "\\w", "\\.", "\\p{L}");
  const { pattern } = fc.letrec<{ pattern: string }>((tie) => ({
    pattern: fc.oneof(
      { maxDepth: 4, depthSize: "small" },
      leaf,
      fc.constantFrom("^", "$", ""),
      fc.tuple(tie("pattern"), tie("pattern")).map((parts) => parts.join("")),
      fc.tuple(tie("pattern"), tie("pattern")).map((parts) => `(${parts.join("|")})`),
      fc
        .tuple(tie("pattern"), fc.constantFrom("*", "+", "?", "{2}", "{1,}", "{0,3}", "*?"))
        .map(([inner, times]) => `(?:${inner})${times}`),
    ),
  }));

  test("find what the engine finds", () => {
    const text = fc.string({ unit: fc.constantFrom("a", "b", "é", "😀", ".", "1", "\n"), maxLength: 8 });
    fc.assert(
      fc.property(pattern, text, fc.boolean(), (source, given, anyCase) => {
        const expected = new RegExp(source, anyCase ? "iu" : "u").test(given);
        expect(finds(anyCase ? `(?i)${source}` : source, given)).toBe(expected);
      }),
      { numRuns: 2000 },
    );
  });

  test("are found in a time that grows with the text alone", () => {
    const text = `${"a".repeat(20_000)}b`;
    expect(finds("^(a+)+$", text)).toBe(false);
    expect(finds("(a|a)*(a*)*c", text)).toBe(false);
    expect(finds("(?i)^(A|aa)+B$", text)).toBe(true);
  });

  test.each([
    ["(a", 0],
    ["a)", 1],
    ["(?=a)", 0],
    ["(?<n>a)", 0],
    ["a**", 2],
    ["*a", 0],
    ["^*", 1],
    ["a{3,2}", 1],
    ["(a)\\1", 3],
    ["x\\b", 1],
    ["[z-a]", 0],
    ["ab\\", 2],
    ["a{", 1],
    ["(a{1000}){1000}", 15],
    ["(".repeat(60), 51],
  ])("%s is refused at its place", (source, at) => {
    let error: unknown;
    try {
      compilePattern(source);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(WhereError);
    expect((error as WhereError).at).toBe(at);
  });
});
