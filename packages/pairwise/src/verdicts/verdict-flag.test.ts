import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatVerdictFlag, parseVerdictFlag } from "./verdict-flag.ts";

describe("--verdict", () => {
  it.each([
    ["label:1=first,2=second,0=tie", { column: "label", meanings: { 1: "first", 2: "second", 0: "tie" } }],
    ["label: 1 = first , 2 = second", { column: "label", meanings: { 1: "first", 2: "second" } }],
    ["strength:<0=first,>0=second", { column: "strength", meanings: { "<0": "first", ">0": "second" } }],
    ["label:A>B=first,B>A=second", { column: "label", meanings: { "A>B": "first", "B>A": "second" } }],
    ["a:b:1.0=first,2=second", { column: "a:b", meanings: { 1: "first", 2: "second" } }],
    ["better_response_id", { column: "better_response_id" }],
    ["better+safer", { column: "better+safer" }],
  ])("reads %s", (text, expected) => {
    expect(parseVerdictFlag(text)).toEqual(expected);
  });

  it.each(["", "  ", "label:1=one", "label:1=first,2", "label:0=tie", "=first", "label=first"])(
    "refuses %j",
    (text) => {
      expect(() => parseVerdictFlag(text)).toThrowError(
        expect.objectContaining({ code: "RUN_OPTION_INVALID" }),
      );
    },
  );

  it("takes values that objects have as members", () => {
    const { meanings } = parseVerdictFlag("label:__proto__=first,constructor=second");
    expect(Object.entries(meanings!)).toEqual([
      ["__proto__", "first"],
      ["constructor", "second"],
    ]);
  });

  it("is written as it is read", () => {
    const name = fc.stringMatching(/^[a-z_][a-z0-9_ ]{0,8}[a-z]$/u);
    const value = fc.stringMatching(/^[a-z][a-z0-9]{0,6}$/u);
    const property = fc.property(name, value, value, (column, one, other) => {
      fc.pre(one !== other);
      const mapping = { column, meanings: { [one]: "first", [other]: "second" } } as const;
      expect(parseVerdictFlag(formatVerdictFlag(mapping))).toEqual(mapping);
    });
    fc.assert(property);
  });
});
