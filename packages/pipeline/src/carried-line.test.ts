import { describe, expect, test } from "vitest";
import { carriedLineText, carryLine } from "./carried-line.ts";

describe("carriedLineText", () => {
  test("keeps number tokens and the order of keys where nothing was replaced", () => {
    const line = carryLine('{ "b": 1.0, "a": { "n": 12345678901234567890, "__proto__": [1e5] } }') as Record<
      string,
      unknown
    >;
    expect(carriedLineText(line)).toBe('{"b":1.0,"a":{"n":12345678901234567890,"__proto__":[1e5]}}');
    expect(carriedLineText({ ...line, c: "new" }, line)).toBe(
      '{"b":1.0,"a":{"n":12345678901234567890,"__proto__":[1e5]},"c":"new"}',
    );
  });

  test("escapes line separators in what is new", () => {
    expect(carriedLineText({ a: ["\u2028"] })).toBe('{"a":["\\u2028"]}');
  });
});
