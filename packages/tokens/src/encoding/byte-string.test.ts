import fc from "fast-check";
import { expect, test } from "vitest";
import { byteString } from "./byte-string.ts";

test("a byte string holds the bytes of UTF-8, for any text", () => {
  const text = fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 20 });
  const property = fc.property(text, (units) => {
    const one = String.fromCharCode(...units);
    expect(byteString(one)).toBe(Buffer.from(new TextEncoder().encode(one)).toString("latin1"));
  });
  fc.assert(property, { numRuns: 2000 });
});
