import fc from "fast-check";
import { expect, test } from "vitest";
import { EXCERPT_LENGTH, excerpt } from "./excerpt.ts";
import { hasLoneSurrogate } from "./well-formed.ts";

test("a short value is shown as JSON", () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 2 }), (value) => {
      const json = JSON.stringify(value);
      fc.pre(json.length <= EXCERPT_LENGTH);
      expect(excerpt(value)).toBe(json);
    }),
  );
});

test("a long value is cut to 200 characters, and never inside a character", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", minLength: 150, maxLength: 400 }), (text) => {
      const shown = excerpt(text);
      expect(shown.length).toBeLessThanOrEqual(EXCERPT_LENGTH);
      expect(hasLoneSurrogate(shown)).toBe(false);
      expect(JSON.stringify(text).startsWith(shown.endsWith("…") ? shown.slice(0, -1) : shown)).toBe(true);
    }),
  );
});

test("what is no JSON has a name too", () => {
  expect(excerpt(undefined)).toBe("nothing");
  expect(excerpt(Number.NaN)).toBe("NaN");
  expect(excerpt(10n)).toBe("10");
  expect(excerpt(Symbol("s"))).toBe("Symbol(s)");
});

test("only what is shown is looked at", () => {
  const list = new Proxy(
    Array.from({ length: 1_000_000 }, () => "text"),
    {
      get: (target, key) => {
        expect(Number.isNaN(Number(String(key))) || Number(String(key)) < 200).toBe(true);
        return Reflect.get(target, key);
      },
    },
  );
  expect(excerpt(list)).toHaveLength(EXCERPT_LENGTH);
});

test("deep and cyclic values end", () => {
  const deep = JSON.parse(`${"[".repeat(100_000)}${"]".repeat(100_000)}`) as unknown;
  expect(excerpt(deep)).toBe(`${"[".repeat(EXCERPT_LENGTH - 1)}…`);
  const cyclic: Record<string, unknown> = {};
  cyclic.self = cyclic;
  expect(excerpt(cyclic)).toHaveLength(EXCERPT_LENGTH);
});
