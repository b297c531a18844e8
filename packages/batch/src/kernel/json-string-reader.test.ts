import { jsonString } from "@dpo-kit/schema";
import { arbitraryHostileText } from "@dpo-kit/testkit";
import fc from "fast-check";
import { expect, test } from "vitest";
import { loadJsonStringReader } from "./json-string-reader.ts";

const reader = await loadJsonStringReader();
const utf8 = new TextEncoder();

function read(json: string) {
  reader.begin(utf8.encode(json));
  const found = reader.read(1);
  return (
    found && {
      ...found,
      text: new TextDecoder("utf-8", { ignoreBOM: true }).decode(
        reader.texts.subarray(found.start, found.end),
      ),
    }
  );
}

test("says what JSON.parse says, and whether the spelling is canonical", () => {
  const spell = fc.constantFrom(jsonString, JSON.stringify, (text: string) =>
    JSON.stringify(text).replaceAll("/", "\\/"),
  );
  const property = fc.property(arbitraryHostileText(), spell, (text, spelled) => {
    const json = spelled(text);
    expect(read(json)).toEqual(
      !/\p{Cs}/u.test(text)
        ? {
            text,
            start: 0,
            end: utf8.encode(text).length,
            next: utf8.encode(json).length,
            canonical: json === jsonString(text),
            ascii: !/[^\0-\x7f]/u.test(text),
          }
        : undefined,
    );
  });
  fc.assert(property, { numRuns: 1000 });
});

test("reads strings one behind another, wherever what stops it stands", () => {
  for (let length = 0; length < 40; length += 1) {
    const before = "a".repeat(length);
    const json = `"${before}\\n${before}""é${before}"`;
    reader.begin(utf8.encode(json));
    const first = reader.read(1)!;
    const second = reader.read(first.next + 1)!;
    const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(reader.texts.subarray(0, second.end));
    expect(text).toBe(`${before}\n${before}é${before}`);
    expect([first.ascii, second.ascii]).toEqual([true, false]);
  }
});

test.each([
  '"',
  '"a',
  '"\\',
  '"\\"',
  '"a\nb"',
  '"\\x"',
  '"\\u12"',
  '"\\ud800"',
  '"\\udc00\\ud800"',
  '"\\u 123"',
])("%j is no string, though an earlier text goes on there", (json) => {
  reader.begin(utf8.encode(`${json}${'"'.repeat(20)}`));
  expect(read(json)).toBeUndefined();
});
