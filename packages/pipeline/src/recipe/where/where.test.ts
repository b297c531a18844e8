import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { whereHolds } from "./evaluate-where.ts";
import { parseWhere } from "./parse-where.ts";
import type { FieldValue } from "./where.ts";
import { WhereError } from "./where-error.ts";

const record: Readonly<Record<string, FieldValue>> = {
  score: "4.5",
  votes: 10,
  lang: "de",
  verified: true,
  note: "",
  "my column": "x's",
  text: "See http://a.example",
  __proto__: null,
  "@margin": 2,
};
const holds = (expression: string) =>
  whereHolds(parseWhere(expression).condition, (name) =>
    Object.hasOwn(record, name) ? record[name] : undefined,
  );

describe("an expression", () => {
  test.each([
    ["score >= 4", true],
    ["score > 4.5", false],
    ["4.5 = score", true],
    ["votes != 10", false],
    ["votes = '10'", true],
    ["votes < 9", false],
    ["votes < '9'", false],
    ["lang < 'en'", true],
    ["lang > 3", false],
    ["lang in ['en', 'de']", true],
    ["lang not in ['en', 'de']", false],
    ["votes in [1, 10]", true],
    ["verified = true", true],
    ["note = null and missing = null", true],
    ["missing < 1 or missing >= 1", false],
    ["missing != 1", true],
    ["`my column` = 'x''s'", true],
    ['text contains "http"', true],
    ["text matches '^See https?://'", true],
    ["not text contains 'ftp'", true],
    ["@margin >= 2", true],
    ["constructor = null", true],
    ["lang = 'en' or lang = 'de' and score > 4", true],
    ["(lang = 'en' or lang = 'de') and score > 5", false],
    ["not (lang = 'en') and not lang = 'fr'", true],
    ["votes == 1e1", true],
    ["score > -1", true],
  ])("%s: %s", (expression, expected) => {
    expect(holds(expression)).toBe(expected);
  });

  test.each([
    ["", 0],
    ["score", 5],
    ["score >=", 8],
    ["score >= 4 lang = 'x'", 11],
    ["score >= 4 and", 14],
    ["lang in 'en'", 8],
    ["lang in ['en'", 13],
    ["lang = 'en", 7],
    ["lang = #en", 7],
    ["lang matches en", 13],
    ["lang matches '(en'", 14],
    ["@margn > 1", 0],
    ["(lang = 'en'", 12],
    ["lang = 'en')", 11],
    ["and = 1", 0],
    ["4x = 1", 0],
    ["not ".repeat(60), 204],
  ])("%j is refused at %i", (expression, at) => {
    let error: unknown;
    try {
      parseWhere(expression);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(WhereError);
    expect((error as WhereError).at).toBe(at);
  });

  test("tells which fields it asks for", () => {
    expect(parseWhere("b = 1 and `a b` = c and b < 2 and @line > 2").fields).toEqual(["b", "a b", "c"]);
  });
});

describe("of every expression", () => {
  const value = fc.oneof(
    fc.integer(),
    fc.constantFrom("", "a", "4", "x", "true"),
    fc.boolean(),
    fc.constant(null),
  );
  const literalText = (literal: unknown): string =>
    typeof literal === "string" ? `'${literal.replaceAll("'", "''")}'` : String(literal);

  test("a literal equals what it spells, and not is the opposite", () => {
    fc.assert(
      fc.property(value, value, (field, literal) => {
        const of = (expression: string) => whereHolds(parseWhere(expression).condition, () => field);
        expect(of(`f = ${literalText(field)}`)).toBe(true);
        expect(of(`f != ${literalText(literal)}`)).toBe(!of(`f = ${literalText(literal)}`));
        expect(of(`not f < ${literalText(literal)}`)).toBe(!of(`f < ${literalText(literal)}`));
        expect(of(`f in [${literalText(literal)}]`)).toBe(of(`f = ${literalText(literal)}`));
        expect(of(`f <= ${literalText(literal)}`)).toBe(
          of(`f < ${literalText(literal)} or (f = ${literalText(literal)} and f != null)`),
        );
      }),
    );
  });

  test("either it is understood, or the place of what is wrong lies in it", () => {
    const piece = fc.constantFrom(
      "a",
      "'x'",
      "=",
      "(",
      ")",
      "and",
      "or",
      "not",
      "in",
      "[",
      "]",
      ",",
      "1",
      "`",
      "'",
      "@",
      " ",
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(piece).map((pieces) => pieces.join(" ")),
        ),
        (expression) => {
          try {
            parseWhere(expression);
          } catch (error) {
            expect(error).toBeInstanceOf(WhereError);
            expect((error as WhereError).at).toBeLessThanOrEqual(expression.length);
          }
        },
      ),
      { numRuns: 1000 },
    );
  });
});
