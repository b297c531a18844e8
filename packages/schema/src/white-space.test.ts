import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { equalTrimmed, isBlank, isWhiteSpace, trimWhiteSpace, WHITE_SPACE } from "./white-space.ts";

const space = fc.string({
  unit: fc.constantFrom(" ", "\n", "\t", "\u0085", "\u00a0", "\u3000", "\ufeff", "\u2028"),
});
const anyText = fc.tuple(space, fc.string({ unit: "binary" }), space).map((parts) => parts.join(""));

describe("isWhiteSpace", () => {
  test("agrees with the class of the regular expression on every code unit", () => {
    const pattern = new RegExp(`^[${WHITE_SPACE}]$`, "u");
    const differing: number[] = [];
    for (let code = 0; code <= 0xffff; code += 1) {
      if (isWhiteSpace(code) !== pattern.test(String.fromCharCode(code))) {
        differing.push(code);
      }
    }
    expect(differing).toEqual([]);
  });
});

describe("trimWhiteSpace and isBlank", () => {
  test("do as the regular expressions do", () => {
    const ends = new RegExp(`^[${WHITE_SPACE}]+|[${WHITE_SPACE}]+$`, "gu");
    fc.assert(
      fc.property(anyText, (text) => {
        expect(trimWhiteSpace(text)).toBe(text.replace(ends, ""));
        expect(isBlank(text)).toBe(text.replace(ends, "") === "");
      }),
    );
  });

  test("take ten million spaces", () => {
    const spaces = " ".repeat(10_000_000);
    expect(isBlank(spaces)).toBe(true);
    expect(trimWhiteSpace(`${spaces}a b${spaces}`)).toBe("a b");
  });
});

describe("equalTrimmed", () => {
  test("is equality after trimming", () => {
    fc.assert(
      fc.property(anyText, anyText, space, (one, other, padding) => {
        expect(equalTrimmed(one, other)).toBe(trimWhiteSpace(one) === trimWhiteSpace(other));
        expect(equalTrimmed(one, padding + one + padding)).toBe(true);
      }),
    );
  });
});
