import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseElements, parsePrefix } from "./complete-prefix.ts";

describe("the beginning of a JSON text", () => {
  it("holds what is complete in it", () => {
    expect(parsePrefix('[{"a":1,"b":"x, }"},{"c":[1,2,3')).toEqual([{ a: 1, b: "x, }" }, { c: [1, 2] }]);
    expect(parsePrefix('{"a":{"b":[{"c":"not finished')).toEqual({ a: { b: [{}] } });
    expect(parsePrefix("{broken")).toEqual({});
    expect(parsePrefix("text")).toBeUndefined();
  });

  it("is the whole value where it is the whole text, and an object at any cut", () => {
    const object = fc.dictionary(fc.string(), fc.jsonValue());
    fc.assert(
      fc.property(object, fc.nat(), (value, cut) => {
        const text = JSON.stringify(value);
        expect(parsePrefix(text)).toEqual(JSON.parse(text));
        expect(parsePrefix(text.slice(0, 1 + (cut % text.length)))).toBeTypeOf("object");
      }),
    );
  });

  it("ends where it is nested too deep, and keeps what stands before", () => {
    const nested = `${'{"children":['.repeat(5_000)}${"]}".repeat(5_000)}`;
    expect(parsePrefix(`{"id":"c","messages":[${nested}]}`)).toMatchObject({ id: "c", messages: [{}] });
  });
});

describe("the elements in the beginning of a JSON array", () => {
  it("are there but for those that are damaged", () => {
    expect(parseElements('[{"a":"\\q"},{"b":[1,{"c":"],"}]},[2],{"d":x},{"e":1,"f')).toEqual([
      { b: [1, { c: "]," }] },
      [2],
      { e: 1 },
    ]);
    expect(parseElements("[]")).toEqual([]);
    expect(parseElements("[,,]")).toEqual([]);
  });
});
