import { isBlank, trimWhiteSpace } from "@dpo-kit/schema";
import { arbitraryHostileText, toBytes } from "@dpo-kit/testkit";
import fc from "fast-check";
import { expect, test } from "vitest";
import { isBlankSpan, sameTrimmed } from "./byte-white-space.ts";
import type { TextSpan } from "./message-writer.ts";

/** The text with other bytes around it, which must not matter. */
function span(text: string): TextSpan {
  const bytes = toBytes(`\u3000x${text}\u00a0 y`);
  return { bytes, start: 4, end: 4 + toBytes(text).length };
}

test("every character is white space in bytes if it is in text", () => {
  const wrong: string[] = [];
  for (let code = 0; code <= 0x10ffff; code += code === 0xd7ff ? 0x801 : 1) {
    const text = String.fromCodePoint(code);
    if (isBlankSpan(span(text)) !== isBlank(text)) {
      wrong.push(code.toString(16));
    }
  }
  expect(wrong).toEqual([]);
});

test("texts are the same in bytes if they are as text", () => {
  const space = fc.constantFrom("", " ", "\t", "\u0085", "\u00a0", "\u2003", "\u3000", "\ufeff", "\u200b");
  const padded = fc.tuple(space, arbitraryHostileText(), space).map((parts) => parts.join(""));
  fc.assert(
    fc.property(padded, fc.option(padded), space, (one, other, end) => {
      const against = other ?? `${end}${one}${end}`;
      expect(sameTrimmed(span(one), span(against))).toBe(trimWhiteSpace(one) === trimWhiteSpace(against));
    }),
    { numRuns: 1_000 },
  );
});
