import { arbitraryHostileText } from "@dpo-kit/testkit";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { foldText } from "./fold-text.ts";
import { foldUtf8Into } from "./fold-utf8.ts";

describe("foldText", () => {
  it.each([
    ["Hello  World", "hello world"],
    ["\n\tA\r\nB\u000b\u000cC ", "a b c"],
    ["e\u0301", "é"],
    ["É", "é"],
    ["ÎLE", "île"],
    ["ΟΔΟΣ ΣΑΣ", "οδος σας"],
    ["İ", "i\u0307"],
    ["Straße", "straße"],
    ["\u00a0a\u3000\u2028b\u0085\ufeff", "a b"],
    ["a\u200bb", "a\u200bb"],
    ["漢字かな", "漢字かな"],
    ["\u1112\u1161\u11ab", "한"],
    ["", ""],
    [" \n ", ""],
  ])("folds %j to %j", (text, folded) => {
    expect(foldText(text)).toBe(folded);
  });

  it("gives texts that hold no two spaces and none at the ends", () => {
    fc.assert(
      fc.property(arbitraryHostileText(), (text) => {
        expect(foldText(text)).toMatch(/^(?:\S+(?: \S+)*)?$/u);
      }),
    );
  });
});

describe("foldUtf8Into", () => {
  function foldBytes(text: string): string {
    const padded = new TextEncoder().encode(`xx${text}yy`);
    const target = new Uint8Array(padded.length * 3 + 3).fill(0x2e);
    const end = foldUtf8Into(padded, 2, padded.length - 2, target, 3);
    expect(target.subarray(0, 3)).toEqual(Uint8Array.of(0x2e, 0x2e, 0x2e));
    return new TextDecoder("utf-8", { ignoreBOM: true }).decode(target.subarray(3, end));
  }

  it("agrees with foldText on any text", () => {
    fc.assert(
      fc.property(arbitraryHostileText(), (text) => {
        expect(foldBytes(text)).toBe(foldText(text));
      }),
    );
  });

  it("agrees with foldText on any ASCII text", () => {
    const ascii = fc.string({ unit: "binary-ascii", maxLength: 50 });
    fc.assert(
      fc.property(ascii, (text) => {
        expect(foldBytes(text)).toBe(foldText(text));
      }),
    );
  });
});
