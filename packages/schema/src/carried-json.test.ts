import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { carriedJsonText, carryJson, compactJson, isCarriedJson, rememberJsonText } from "./carried-json.ts";
import { jsonText } from "./json-text.ts";

const gap = fc.string({ unit: fc.constantFrom(" ", "\n", "\t", "\r"), maxLength: 3 });
const numberToken = fc.constantFrom(
  "0",
  "-0",
  "1.0",
  "1e5",
  "1E+05",
  "0.10",
  "12345678901234567890",
  "-1.5e-3",
);

/** JSON texts as people and programs write them: any white space, any form of number, any escape. */
const jsonSource: fc.Arbitrary<{ text: string; numbers: string[] }> = fc.letrec<{
  value: { text: string; numbers: string[] };
}>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    numberToken.map((text) => ({ text, numbers: [text] })),
    fc.string({ unit: "grapheme" }).map((text) => ({ text: JSON.stringify(text), numbers: [] })),
    fc
      .constantFrom("true", "null", '"\\u0041\\/\\ud83d\\ude00"', '"[1, 2]\\\\\\""')
      .map((text) => ({ text, numbers: [] })),
    fc.tuple(gap, fc.array(tie("value"), { maxLength: 3 })).map(([space, items]) => ({
      text: `[${space}${items.map(({ text }) => text + space).join(`,${space}`)}]`,
      numbers: items.flatMap(({ numbers }) => numbers),
    })),
    fc.tuple(gap, fc.array(tie("value"), { maxLength: 3 })).map(([space, items]) => ({
      text: `{${space}${items.map(({ text }, index) => `"k${index}"${space}:${space}${text}`).join(`,${space}`)}}`,
      numbers: items.flatMap(({ numbers }) => numbers),
    })),
  ),
})).value;

describe("compactJson", () => {
  test("keeps the value and the tokens of its numbers, and compacting again changes nothing", () => {
    fc.assert(
      fc.property(jsonSource, ({ text, numbers }) => {
        const compact = compactJson(text);
        expect(JSON.parse(compact)).toEqual(JSON.parse(text));
        expect(compact.replace(/"(?:[^"\\]|\\.)*"/gu, "").match(/-?\d[\d.eE+-]*/gu) ?? []).toEqual(numbers);
        expect(compactJson(compact)).toBe(compact);
      }),
    );
  });

  test("is what JSON.stringify gives where numbers are in their plain form", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const plain = JSON.stringify(value);
        expect(compactJson(JSON.stringify(value, null, 2))).toBe(plain);
      }),
    );
  });

  test("goes a hundred thousand levels deep", () => {
    const depth = 100_000;
    expect(compactJson(`${"[ ".repeat(depth)}1.0${" ]".repeat(depth)}`)).toBe(
      `${"[".repeat(depth)}1.0${"]".repeat(depth)}`,
    );
  });

  test("writes strings without escapes that are not needed, and line separators with", () => {
    expect(compactJson('[ "\\u0041\\/" , "a\u2028b" ]')).toBe('["A/","a\\u2028b"]');
  });

  test("refuses a string that is not closed", () => {
    expect(() => compactJson('["abc\\"')).toThrow(SyntaxError);
  });
});

describe("carryJson", () => {
  test("remembers how the text was written", () => {
    const value = carryJson('{ "b": 1.0, "a": 12345678901234567890 }');
    expect(isCarriedJson(value)).toBe(true);
    expect(carriedJsonText(value)).toBe('{"b":1.0,"a":12345678901234567890}');
    expect(() => Object.assign(value as object, { b: 2 })).toThrow(TypeError);
  });

  test("a copy is an ordinary value", () => {
    const copy = { ...(carryJson('{"b":1.0}') as object) };
    expect(isCarriedJson(copy)).toBe(false);
    expect(carriedJsonText(copy)).toBe('{"b":1}');
  });

  test("__proto__ is an ordinary key", () => {
    const value = carryJson('{"__proto__":{"a":1.0}}');
    expect(carriedJsonText(value)).toBe('{"__proto__":{"a":1.0}}');
    expect(({} as Record<string, unknown>).a).toBeUndefined();
  });

  test("goes a hundred thousand levels deep, and says no to what is not JSON with a SyntaxError", () => {
    const text = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
    expect(carriedJsonText(carryJson(text))).toBe(text);
    expect(() => carryJson("[1,")).toThrow(SyntaxError);
    expect(() => carryJson("[".repeat(100_000))).toThrow(SyntaxError);
  });

  test("a part of a carried value can be remembered on its own", () => {
    const tools = carryJson('[{"strict":1.0}]') as object[];
    expect(carriedJsonText(rememberJsonText(tools[0]!, '{"strict":1.0}'))).toBe('{"strict":1.0}');
  });
});

describe("jsonText", () => {
  test("is JSON.stringify", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(jsonText(value)).toBe(JSON.stringify(value));
      }),
    );
  });

  test("goes deeper than it", () => {
    const depth = 100_000;
    const text = `${'{"a":[1,"b",{"c":null},'.repeat(depth)}true${"]}".repeat(depth)}`;
    expect(() => JSON.stringify(JSON.parse(text))).toThrow(RangeError);
    expect(jsonText(JSON.parse(text))).toBe(text);
  });

  test("takes wide and deep values together", () => {
    const wide = Array.from({ length: 200_000 }, (_, index) => index);
    const deep = JSON.parse(`${"[".repeat(20_000)}${"]".repeat(20_000)}`) as unknown;
    expect(JSON.parse(jsonText([wide, deep]))).toHaveLength(2);
  });
});
