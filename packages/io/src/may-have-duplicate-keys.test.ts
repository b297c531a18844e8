import { collect } from "@dpo-kit/testkit";
import fc from "fast-check";
import { expect, test } from "vitest";
import { encodeText, findDuplicateKeys, readJsonLines } from "./index.ts";
import { mayHaveDuplicateKeys } from "./may-have-duplicate-keys.ts";

test("where it says no there is none, whatever the text", () => {
  const space = fc.constantFrom("", "", " ", "\t");
  const key = fc.constantFrom("a", "b", '":', "\\");
  const value: fc.Arbitrary<string> = fc.letrec<{ json: string }>((tie) => ({
    json: fc.oneof(
      { maxDepth: 4 },
      key.map((text) => JSON.stringify(text)),
      fc.array(tie("json"), { maxLength: 3 }).map((items) => `[${items.join(",")}]`),
      fc
        .array(fc.tuple(key, space, tie("json")), { maxLength: 4 })
        .map(
          (members) =>
            `{${members.map(([name, gap, json]) => `${JSON.stringify(name)}${gap}:${json}`).join(",")}}`,
        ),
    ),
  })).json;
  fc.assert(
    fc.property(value, (text) => {
      if (!mayHaveDuplicateKeys(text, JSON.parse(text))) {
        expect(findDuplicateKeys(text)).toEqual([]);
      }
    }),
    { numRuns: 2000 },
  );
});

test("an ordinary line is not looked into", () => {
  const text = JSON.stringify({ input: { messages: [{ role: "user", content: "a: b" }] }, tools: [] });
  expect(mayHaveDuplicateKeys(text, JSON.parse(text))).toBe(false);
});

test("nor is one with JSON in its texts", () => {
  const text = JSON.stringify({ content: '{"name": "a\\\\": 1}', "key\\": 1 });
  expect(mayHaveDuplicateKeys(text, JSON.parse(text))).toBe(false);
});

test("a key that stands twice is an issue at its second place", async () => {
  const [line] = await collect(readJsonLines(oneChunk('{"a":{"content":"x","content":"y"}}\n')));
  expect(line).toMatchObject({
    issues: [{ code: "IO_JSON_DUPLICATE_KEY", location: { line: 1, column: 21, path: "a.content" } }],
  });
});

async function* oneChunk(text: string): AsyncGenerator<Uint8Array> {
  yield encodeText(text);
}
