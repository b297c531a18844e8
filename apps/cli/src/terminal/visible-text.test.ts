import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { visibleCopy, visibleLine, visibleText } from "./visible-text.ts";

describe("visibleText", () => {
  test.each([
    ["an escape sequence", "\u001b[2Jgone", "\\x1b[2Jgone"],
    ["an operating system command", "\u001b]0;title\u0007", "\\x1b]0;title\\x07"],
    ["C1, which some terminals obey", "\u009b31m", "\\x9b31m"],
    ["a carriage return that would overwrite the line", "safe\revil", "safe\\revil"],
    ["backspaces", "a\b\b", "a\\x08\\x08"],
    ["direction overrides", "a\u202eb\u2066c", "a\\u{202e}b\\u{2066}c"],
    ["invisible tags", "a\u{e0041}", "a\\u{e0041}"],
    ["half a character", "a\ud800b", "a\\u{d800}b"],
    ["ordinary text of any script", "é 世界 👩‍👩‍👧 العربية", "é 世界 👩‍👩‍👧 العربية"],
    ["line breaks and tabs", "a\r\nb\n\tc", "a\nb\n\tc"],
  ])("%s", (_name, text, visible) => {
    expect(visibleText(text)).toBe(visible);
  });

  test("nothing that a terminal obeys is left, whatever the text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(visibleText(text)).not.toMatch(/[^\P{Cc}\n\t]|[\u202a-\u202e\u2066-\u2069]/u);
      }),
    );
  });
});

test("visibleLine stays on one line", () => {
  expect(visibleLine("a\n\tb\u0000")).toBe("a\\n\\tb\\x00");
});

test("visibleCopy reaches every text: in lists, objects, Maps, and their keys", () => {
  const value = {
    list: ["\u0007", { inner: "\u001b" }],
    counts: new Map([["\u001bname", 3]]),
    "\u0000key": null,
    number: 1,
  };
  expect(visibleCopy(value)).toEqual({
    list: ["\\x07", { inner: "\\x1b" }],
    counts: new Map([["\\x1bname", 3]]),
    "\\x00key": null,
    number: 1,
  });
});
