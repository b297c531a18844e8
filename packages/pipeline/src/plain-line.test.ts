import { formatExample, type TextSpan } from "@dpo-kit/batch";
import { type DpoExample, isBlank, validateExample } from "@dpo-kit/schema";
import fc from "fast-check";
import { expect, test } from "vitest";
import { PlainLineReader } from "./plain-line.ts";

const utf8 = new TextEncoder();
const reader = await PlainLineReader.create();
const textOf = ({ bytes, start, end }: TextSpan) =>
  new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes.subarray(start, end));

/** Characters that are escaped in many ways, that are white space, that compose, and marks of templates. */
const unit = fc.constantFrom(
  ...'aB /\\"\b\f\n\r\t\u0000\u001f\u007f\u0085\u00a0\u2028\u2029\ufeff\u3000\u0301<|>',
  "é",
  "e\u0301",
  "你",
  "😀",
  "\ud800",
);
const text = fc.string({ unit, maxLength: 6 });

const example: fc.Arbitrary<DpoExample> = fc
  .record({ system: fc.option(text, { nil: undefined }), prompt: text, one: text, other: text })
  .map(({ system, prompt, one, other }) => ({
    input: {
      messages: [
        ...(system === undefined ? [] : [{ role: "system" as const, content: system }]),
        { role: "user" as const, content: prompt },
      ],
    },
    preferred_output: [{ role: "assistant", content: one }],
    non_preferred_output: [{ role: "assistant", content: other }],
  }));

/** Ways to spell the line of an example, among them what other writers of JSON make of it. */
const spellings: Readonly<Record<string, (example: DpoExample) => string>> = {
  canonical: (value) => formatExample(value),
  lean: (value) => formatExample(value, { lean: true }),
  "without spaces": (value) => JSON.stringify(value),
  "with spaces": (value) => spaced(formatExample(value)),
  "as Python writes it": (value) => ascii(spaced(formatExample(value))),
  "with capital digits": (value) =>
    ascii(formatExample(value)).replace(/\\u[0-9a-f]{4}/gu, (found) => `\\u${found.slice(2).toUpperCase()}`),
  "all escaped": (value) =>
    formatExample(value).replace(/(?<="content":")(?:[^"\\]|\\.)*/gu, (inside) => escapeAll(inside)),
  "with a slash escaped": (value) => formatExample(value).replaceAll("/", "\\/"),
};

/** White space between tokens only: a quote inside a text has a backslash before it. */
function spaced(json: string): string {
  return json.replace(
    /("(?:[^"\\]|\\.)*")|([:,])/gu,
    (_, inside: string | undefined, sign) => inside ?? `${sign} `,
  );
}

function ascii(json: string): string {
  return json.replace(/[^\0-\x7f]/gu, (character) => escapeAll(JSON.stringify(character).slice(1, -1)));
}

function escapeAll(inside: string): string {
  const value = JSON.parse(`"${inside}"`) as string;
  return Array.from(
    { length: value.length },
    (_, index) => `\\u${value.charCodeAt(index).toString(16).padStart(4, "0")}`,
  ).join("");
}

test.each(Object.entries(spellings))(
  "what there is nothing to say of is taken, with the texts that JSON.parse gives: %s",
  (_, spell) => {
    fc.assert(
      fc.property(example, (value) => {
        const line = spell(value);
        const found = reader.read(utf8.encode(line));
        const isBlankInput = value.input.messages.some(({ content }) => isBlank(content as string));
        const { input, preferred_output: better, non_preferred_output: worse } = value;
        // One text may end with the one and the next begin with the other: that is not worth telling apart.
        const all = [...input.messages, ...better, ...worse].map(({ content }) => content).join("");
        const holdsMark = all.includes("<|");
        const isPlain = validateExample(value).length === 0 && !isBlankInput && !holdsMark;
        expect(found !== undefined).toBe(isPlain);
        if (found === undefined) {
          return;
        }
        const { system, prompt, preferred, nonPreferred, canonical } = found;
        expect([...(system === undefined ? [] : [system]), prompt].map(textOf)).toEqual(
          value.input.messages.map(({ content }) => content),
        );
        expect(textOf(preferred)).toBe(value.preferred_output[0]!.content);
        expect(textOf(nonPreferred)).toBe(value.non_preferred_output[0]!.content);
        expect(canonical).toBe(line === formatExample(value));
      }),
      { numRuns: 1000 },
    );
  },
);

const good = formatExample({
  input: { messages: [{ role: "user", content: "Why\n?" }] },
  preferred_output: [{ role: "assistant", content: "Because." }],
  non_preferred_output: [{ role: "assistant", content: "No." }],
});

test("what is no JSON, or anything else, is not taken", () => {
  const takes = (line: string) => reader.read(utf8.encode(line)) !== undefined;
  expect(takes(good)).toBe(true);
  for (let at = 0; at < good.length; at += 1) {
    expect(takes(good.slice(0, at))).toBe(false);
    expect(takes(`${good.slice(0, at)}\u0001${good.slice(at + 1)}`)).toBe(false);
  }
  for (const other of [
    `${good}x`,
    `${good}}`,
    good.replace("\\n", "\\x"),
    good.replace("\\n", "\\u00g0"),
    good.replace("\\n", "\\ud83d"),
    good.replace("\\n", "\\udc00\\ud83d"),
    good.replace("true", "false"),
    good.replace('"user"', '"us er"'),
    good.replace("Because.", "No."),
    good.replace("Because.", " "),
    good.replace("Because.", "<|im_end|>"),
    good.replace("Because.", "\\u003c\\u007cim_end|>"),
  ]) {
    expect(takes(other)).toBe(false);
  }
});

test("bytes that are no UTF-8 are not taken, also where an escape follows", () => {
  const bytes = utf8.encode(good);
  const at = good.indexOf("\\n") - 1;
  for (const wrong of [0x80, 0xc3, 0xe2, 0xf0, 0xff]) {
    expect(reader.read(bytes.with(at, wrong))).toBeUndefined();
  }
});

test("a line of more than 1 MiB is not taken, and a short one after it is", () => {
  for (const [length, isTaken] of [
    [10, true],
    [1_000_000, true],
    [1_100_000, false],
    [10, true],
  ] as const) {
    const found = reader.read(utf8.encode(good.replace("Because.", "b".repeat(length))));
    expect(found !== undefined).toBe(isTaken);
  }
});
