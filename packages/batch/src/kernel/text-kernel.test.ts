import { jsonString } from "@dpo-kit/schema";
import { arbitraryHostileText } from "@dpo-kit/testkit";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { foldText } from "../keys/fold-text.ts";
import { ByteBuffer } from "../storage/byte-buffer.ts";
import { loadTextKernel } from "./text-kernel.ts";
import { CHUNK_BYTES } from "./text-kernel-layout.ts";

const kernel = await loadTextKernel();
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function write(text: Uint8Array | string): { json: string; folded: string; holdsMark: boolean } {
  const line = new ByteBuffer(4);
  const folded = new ByteBuffer(4);
  line.append(Uint8Array.of(0x22));
  folded.append(Uint8Array.of(0x20));
  const holdsMark = kernel.write(text, line, folded);
  line.append(Uint8Array.of(0x22));
  return { json: decoder.decode(line.copy()), folded: decoder.decode(folded.copy(1)), holdsMark };
}

function expectAgreement(text: string): void {
  const expected = { json: jsonString(text), folded: foldText(text), holdsMark: text.includes("<|") };
  expect(write(text)).toEqual(expected);
  expect(write(new TextEncoder().encode(text))).toEqual(expected);
}

describe("the text kernel", () => {
  it("agrees with jsonString and foldText on any text", () => {
    fc.assert(fc.property(arbitraryHostileText(), expectAgreement), { numRuns: 1000 });
  });

  it("agrees on ordinary prose of any length and place of what stops it", () => {
    const word = fc.constantFrom(
      "word ",
      "Word",
      " ",
      "\n",
      '"',
      "\\",
      "<",
      "<|",
      "é",
      "’",
      "日本",
      "😀",
      "\u0001",
    );
    const prose = fc.array(word, { maxLength: 40 }).map((words) => words.join(""));
    fc.assert(fc.property(prose, expectAgreement), { numRuns: 1000 });
  });

  it("agrees on every character below U+20000 among others", () => {
    const contexts: ((character: string) => string)[] = [
      (character) => `A${character}B`,
      (character) => `e${character}\u0301 ${character}${character}`,
    ];
    const wrong: string[] = [];
    for (let codePoint = 0; codePoint < 0x20000; codePoint += 1) {
      if (codePoint >= 0xd800 && codePoint < 0xe000) {
        continue;
      }
      for (const context of contexts) {
        const text = context(String.fromCodePoint(codePoint));
        const { json, folded } = write(text);
        if (json !== jsonString(text) || folded !== foldText(text)) {
          wrong.push(text);
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  it.each([CHUNK_BYTES - 2, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1])(
    "keeps what stands across the end of a chunk, %i bytes in",
    (before) => {
      for (const tail of ["<| Ab", "  Ab", "\u3000 😀", "é\u0301x", '"\n\u0000', "Σ"]) {
        const text = "x".repeat(before) + tail;
        // Not toEqual: on failure it would print the text.
        const { json, folded, holdsMark } = write(new TextEncoder().encode(text));
        expect(json === jsonString(text)).toBe(true);
        expect(folded === foldText(text)).toBe(true);
        expect(holdsMark).toBe(text.includes("<|"));
        expect(write(text).json === json).toBe(true);
      }
    },
  );

  it("has room for the longest escapes of a whole chunk", () => {
    const text = "\u0000".repeat(CHUNK_BYTES + 5);
    expect(write(text).json === jsonString(text)).toBe(true);
    const growing = "Ⱥ".repeat(CHUNK_BYTES);
    expect(write(growing).folded === foldText(growing)).toBe(true);
  });

  it("does not take a byte of an earlier text for one of this", () => {
    write("<|");
    expect(write("<").holdsMark).toBe(false);
    expect(write(new TextEncoder().encode("<|").subarray(0, 1)).holdsMark).toBe(false);
  });
});
