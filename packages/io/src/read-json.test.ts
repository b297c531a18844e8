import { arbitraryChunking, arbitraryJson, chunked, collect } from "@dpo-kit/testkit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ReadJsonOptions } from "./parse-json-record.ts";
import { readJsonArray } from "./read-json-array.ts";
import { readJsonLines } from "./read-json-lines.ts";

const linesOf = (content: string | Uint8Array, options: ReadJsonOptions = {}, sizes = [1_000_000]) =>
  collect(readJsonLines(chunked(content, sizes), { source: "a.jsonl", ...options }));
const elementsOf = (content: string | Uint8Array, options: ReadJsonOptions = {}, sizes = [1_000_000]) =>
  collect(readJsonArray(chunked(content, sizes), { source: "a.json", ...options }));

const ending = fc.constantFrom("\n", "\r\n");
const line = fc.oneof(
  arbitraryJson().map((value) => JSON.stringify(value)),
  fc.constantFrom("", "  ", "\u00a0", "{", '{"a":1}}', '"\u2028"', "\ufeff1", "[1,]"),
);
const broken = fc.constantFrom(Uint8Array.from([0x22, 0xc3, 0x22]), Uint8Array.from([0xff]));

describe("numbers that JSON lacks", () => {
  const text = '{"a":NaN,"b":[-Infinity,"NaN"]}';

  test("are an error, or null where that is asked for", async () => {
    expect((await linesOf(text))[0]!.issues).toMatchObject([{ code: "LINE_INVALID_JSON" }]);
    const [line] = await linesOf(text, { nullNonFinite: true });
    expect(line).toMatchObject({ issues: [], value: { a: null, b: [null, "NaN"] } });
    expect(line!.text).toBe('{"a":null,"b":[null,"NaN"]}');
    expect((await elementsOf(`[${text}]`, { nullNonFinite: true }))[0]!.value).toEqual(line!.value);
  });

  test("do not hide what else is wrong", async () => {
    const records = await linesOf('{"a":NaN\n{"a":NaN,"a":1}\n', { nullNonFinite: true });
    expect(records.map(({ issues }) => issues[0]!.code)).toEqual([
      "LINE_INVALID_JSON",
      "IO_JSON_DUPLICATE_KEY",
    ]);
  });
});

test("arrays one behind the other are read as one, and what follows them otherwise is told", async () => {
  const records = await elementsOf('[1,2]\n[3][]\n [4] {"a":5}');
  expect(records.map(({ value }) => value)).toEqual([1, 2, 3, 4, undefined]);
  expect(records.map(({ ordinal }) => ordinal)).toEqual([0, 1, 2, 3, 4]);
  expect(records.at(-1)!.issues).toMatchObject([{ expected: "the end of the text", location: { line: 3 } }]);
});

describe("JSON Lines", () => {
  test("however they arrive, each line is given once, where it stands", async () => {
    const part = fc.tuple(fc.oneof({ weight: 5, arbitrary: line }, { weight: 1, arbitrary: broken }), ending);
    await fc.assert(
      fc.asyncProperty(
        fc.array(part, { maxLength: 8 }),
        fc.boolean(),
        arbitraryChunking(),
        async (parts, open, sizes) => {
          const pieces = parts.map(([content, end]) =>
            Buffer.concat([Buffer.from(content as string), Buffer.from(end)]),
          );
          const whole = Buffer.concat([...pieces, Buffer.from(open ? "7" : "")]);
          const lines = await linesOf(whole, {}, sizes);
          expect(lines).toEqual(await linesOf(whole));
          expect(lines.map((one) => one.line)).toEqual(lines.map((_, index) => index + 1));
          expect(lines).toHaveLength(parts.length + (open ? 1 : 0));
          for (const [index, [content, end]] of parts.entries()) {
            const { text, value, issues, blank, carriageReturn, byteOffset, byteLength } = lines[index]!;
            expect(whole.subarray(byteOffset, byteOffset + byteLength)).toEqual(
              Buffer.from(content as string),
            );
            expect(carriageReturn).toBe(end === "\r\n");
            if (typeof content === "string") {
              expect(text).toBe(content);
            }
            if (issues.length === 0 && !blank) {
              expect(JSON.stringify(value)).toBe(JSON.stringify(JSON.parse(text!)));
            }
          }
        },
      ),
    );
  });

  test("a problem has its place, and the next line is read", async () => {
    const content = Buffer.concat([
      Buffer.from('{"é": "🎉", "a": tru}\n\n  \n'),
      Buffer.from([0x22, 0xc3, 0xa9, 0x78, 0xe9, 0x22, 0x0a]),
      Buffer.from('{"ok": 1}'),
    ]);
    const lines = await linesOf(content);
    expect(lines.map((one) => [one.ordinal, one.blank, one.lineFeed])).toEqual([
      [0, false, true],
      [1, true, true],
      [1, true, true],
      [1, false, true],
      [2, false, false],
    ]);
    expect(lines[0]!.issues).toMatchObject([
      {
        code: "LINE_INVALID_JSON",
        found: '"tru"',
        location: { source: "a.jsonl", ordinal: 0, line: 1, column: 18, byteOffset: 20 },
      },
    ]);
    expect(lines[3]!.issues).toMatchObject([
      { code: "IO_INVALID_ENCODING", location: { line: 4, column: 4 }, found: '"the bytes e9 22"' },
    ]);
    expect(lines[3]!.text).toBeUndefined();
    expect(lines[4]!.value).toEqual({ ok: 1 });
  });

  test("what is not JSON but Python gets a hint", async () => {
    const [first, second] = await linesOf("{'a': 1}\n{\"a\": None}\n");
    expect([first!.issues[0]!.hint, second!.issues[0]!.hint].join()).toMatch(/json\.dumps.*null for None/u);
  });

  test("a line over the limit is passed over, whatever the chunks", async () => {
    const content = `"${"x".repeat(98)}"\r\n"${"x".repeat(99)}"\n${"y".repeat(5_000)}\n1`;
    for (const sizes of [[1], [7, 0], [100], [1_000_000]]) {
      const lines = await linesOf(content, { maxBytes: 100 }, sizes);
      expect(lines.map((one) => one.issues.map(({ code }) => code))).toEqual([
        [],
        ["IO_LINE_TOO_LONG"],
        ["IO_LINE_TOO_LONG"],
        [],
      ]);
      expect(lines.map((one) => one.byteLength)).toEqual([100, 101, 5_000, 1]);
    }
  });

  test("deep nesting is not parsed", async () => {
    const [line] = await linesOf("[".repeat(3_000) + "]".repeat(3_000));
    expect(line!.issues).toMatchObject([{ code: "IO_JSON_TOO_DEEP" }]);
    expect((await linesOf("[".repeat(2_000) + "]".repeat(2_000)))[0]!.issues).toEqual([]);
  });

  test("__proto__ is an ordinary key", async () => {
    const [line] = await linesOf('{"__proto__": 1}');
    expect(Object.keys(line!.value as object)).toEqual(["__proto__"]);
  });
});

describe("a JSON array", () => {
  test("however it arrives, each element is given once, where it stands", async () => {
    const space = fc.constantFrom("", " ", "\n", "\r\n\t ");
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(arbitraryJson(), space, space)),
        space,
        arbitraryChunking(),
        async (items, around, sizes) => {
          const texts = items.map(
            ([value, before, after]) => `${before}${JSON.stringify(value, null, 1)}${after}`,
          );
          const content = `${around}[${texts.join(",") || around}]${around}`;
          const bytes = Buffer.from(content);
          const elements = await elementsOf(content, {}, sizes);
          expect(elements.map((one) => JSON.stringify(one.value))).toEqual(
            items.map(([value]) => JSON.stringify(value)),
          );
          for (const { text, line, column, byteOffset, byteLength, issues } of elements) {
            expect(issues).toEqual([]);
            expect(bytes.subarray(byteOffset, byteOffset + byteLength).toString()).toBe(text);
            expect(
              content
                .split("\n")
                [line - 1]!.slice(column - 1)
                .startsWith(text!.split("\n")[0]!),
            ).toBe(true);
          }
        },
      ),
    );
  });

  test("almost arrays: an issue exactly when they are no arrays, the same for any chunking", async () => {
    const tokens = fc.array(
      fc.constantFrom("[", "]", "{", "}", ",", '"', "\\", "1", '"a":', " ", "\n", "é"),
      {
        maxLength: 14,
      },
    );
    await fc.assert(
      fc.asyncProperty(tokens, arbitraryChunking(), async (parts, sizes) => {
        const content = parts.join("");
        const elements = await elementsOf(content, {}, sizes);
        expect(elements).toEqual(await elementsOf(content));
        expect(elements.every((one) => one.issues.length === 0)).toBe(isOfArrays(content));
      }),
      { numRuns: 3_000 },
    );
  });

  test("problems have their place", async () => {
    const elements = await elementsOf('[\n  {"a": 1},\n  {"a": },\n\n  3\n');
    expect(
      elements.map(({ value, issues }) => [
        value,
        issues.map(({ location }) => [location.line, location.column]),
      ]),
    ).toEqual([
      [{ a: 1 }, []],
      [undefined, [[3, 9]]],
      [3, []],
      [undefined, [[6, 1]]],
    ]);
    expect((await elementsOf('{"a": []}'))[0]!.issues[0]).toMatchObject({
      found: '"{"',
      location: { column: 1 },
    });
  });

  test("an element over the limit is passed over", async () => {
    const elements = await elementsOf(`[1, "${"x".repeat(5_000)}", 2]`, { maxBytes: 100 }, [13]);
    expect(elements.map((one) => one.value)).toEqual([1, undefined, 2]);
    expect(elements[1]!.issues[0]).toMatchObject({ code: "IO_LINE_TOO_LONG", found: "5002" });
  });
});

/** Whether a text is one JSON array, or several one behind the other. */
function isOfArrays(text: string): boolean {
  return Array.from(text, (_, at) => at + 1).some((end) => {
    const rest = text.slice(end);
    return isArray(text.slice(0, end)) && (rest.trim() === "" || isOfArrays(rest));
  });
}

function isArray(text: string): boolean {
  try {
    return Array.isArray(JSON.parse(text));
  } catch {
    return false;
  }
}
