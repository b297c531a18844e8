import { carriedJsonText, carryJson, compactJson, type JsonValue } from "@dpo-kit/schema";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { carriedMember, memberJsonText, splitMembers } from "./carried-members.ts";

describe("memberJsonText", () => {
  const list = carryJson(
    '[ 1.0, {"big": 12345678901234567890, "a,]}\\"": [1e5, {}]}, "x,\\u2028", [] ]',
  ) as JsonValue[];

  it("keeps what was written", () => {
    expect(list.map((_, index) => memberJsonText(list, index))).toEqual([
      "1.0",
      '{"big":12345678901234567890,"a,]}\\"":[1e5,{}]}',
      '"x,\\u2028"',
      "[]",
    ]);
  });

  it("goes as deep as the members do", () => {
    const inner = carriedMember(list, 1) as Record<string, JsonValue>;
    expect(memberJsonText(inner, "big")).toBe("12345678901234567890");
    expect(carriedJsonText(carriedMember(inner, 'a,]}"'))).toBe("[1e5,{}]");
  });

  it("of a key that stands there twice is the last one, as in JSON.parse", () => {
    const twice = carryJson('{"a": 1, "a": 2.0, "__proto__": 3.0}') as object;
    expect(memberJsonText(twice, "a")).toBe("2.0");
    expect(memberJsonText(twice, "__proto__")).toBe("3.0");
  });

  it("of what was not carried is written anew", () => {
    expect(memberJsonText({ a: [1.0] }, "a")).toBe("[1]");
    expect(carriedMember({ a: 1 }, "b")).toBeUndefined();
  });

  it("survives nesting deeper than the stack", () => {
    const depth = 20_000;
    const deep = carryJson(`[${"[".repeat(depth)}${"]".repeat(depth)}]`) as JsonValue[];
    expect(memberJsonText(deep, 0)).toHaveLength(2 * depth);
  });
});

it("the members of any JSON text are its members", () => {
  const container = fc.oneof(fc.array(fc.jsonValue()), fc.dictionary(fc.string(), fc.jsonValue()));
  fc.assert(
    fc.property(container, (value) => {
      const text = compactJson(JSON.stringify(value));
      const parsed = JSON.parse(text) as Record<string, JsonValue>;
      const members = [...splitMembers(text)].map(([key, member]) => [key, JSON.parse(member)]);
      expect(new Map(members as [string, JsonValue][])).toEqual(new Map(Object.entries(parsed)));
    }),
  );
});

it.each(['["unclosed', '{"a', "[1,2", '{"a":"\\', "[[[", "{}", "x"])(
  "ends on %j, which is no JSON",
  (text) => {
    const members = () => [...splitMembers(text)];
    try {
      expect(members().length).toBeLessThan(5);
    } catch (error) {
      expect(error).toBeInstanceOf(SyntaxError);
    }
  },
);
