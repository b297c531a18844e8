import { arbitraryJson } from "@dpo-kit/testkit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findDuplicateKeys } from "./find-duplicate-keys.ts";
import { isNestedDeeper } from "./json-depth.ts";
import { formatJsonPath, locateJsonPath, parseJsonPath } from "./json-path.ts";
import { locateJsonError } from "./locate-json-error.ts";

/** Text that is JSON or almost: valid JSON with a few characters put in, taken out or exchanged. */
const almostJson = fc
  .tuple(
    arbitraryJson(),
    fc.constantFrom(undefined, 1, "\t"),
    fc.array(
      fc.tuple(fc.nat(), fc.nat(2), fc.constantFrom(...'{}[]",:\\u0019.-+eE \n\t\u0000\u2028\ufefftfnN')),
      {
        maxLength: 3,
      },
    ),
  )
  .map(([value, indent, changes]) => {
    let text = JSON.stringify(value, null, indent);
    for (const [place, removed, added] of changes) {
      const at = place % (text.length + 1);
      text = text.slice(0, at) + (removed < 2 ? added : "") + text.slice(at + removed);
    }
    return text;
  });

const tokens = fc
  .array(
    fc.constantFrom(
      "{",
      "}",
      "[",
      "]",
      ",",
      ":",
      '"a"',
      '"',
      "1",
      "-",
      "0",
      ".",
      "e",
      "+",
      "true",
      "nul",
      " ",
      "\\",
      "\\u00",
      "\n",
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(""));

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    expect(error).toBeInstanceOf(SyntaxError);
    return false;
  }
}

describe("locateJsonError", () => {
  test("finds an error exactly where JSON.parse throws", () => {
    fc.assert(
      fc.property(fc.oneof(almostJson, tokens, fc.string()), (text) => {
        const problem = locateJsonError(text);
        expect(problem === undefined).toBe(isJson(text));
        expect(problem === undefined || problem.offset <= text.length).toBe(true);
      }),
      { numRuns: 5_000 },
    );
  });

  test("what stands before the place can be completed, with it it cannot", () => {
    const completions = ["", "0", '"', '":0}', "}", "]", "0]", "0}", '"x":0}', ":0}", "1}", "000"];
    const closers = fc.array(fc.constantFrom("}", "]", '"', "0", ":0"), { maxLength: 4 });
    fc.assert(
      fc.property(tokens, closers, (text, rest) => {
        const problem = locateJsonError(text);
        if (problem !== undefined && problem.offset < text.length) {
          const upTo = text.slice(0, problem.offset + 1);
          for (const completion of [...completions, rest.join("")]) {
            expect(isJson(upTo + completion)).toBe(false);
          }
        }
      }),
      { numRuns: 2_000 },
    );
  });

  test.each([
    ['{"a": 1,}', 8, "a property name in double quotes", "}"],
    ["[1,]", 3, "a value", "]"],
    ["{'a': 1}", 1, 'a property name in double quotes or "}"', "'"],
    ['{"a": NaN}', 6, "a value", "NaN"],
    ['{"a" 1}', 5, '":" after the property name', "1"],
    ['["a', 3, "the closing quote of the string", "the end of the text"],
    ['"a\tb"', 2, "an escape in place of the control character", "\t"],
    ['"\\x"', 2, 'one of " \\ / b f n r t u after the backslash', "x"],
    ['"\\u00g0"', 5, "four hexadecimal digits after \\u", "g"],
    ["[01]", 2, '"," or "]"', "1"],
    ["1 2", 2, "the end of the text", "2"],
    ["", 0, "a value", "the end of the text"],
    ["{} 🎉", 3, "the end of the text", "🎉"],
  ])("%s", (text, offset, expected, found) => {
    expect(locateJsonError(text)).toEqual({ offset, expected, found });
  });

  test("a million open brackets", () => {
    expect(locateJsonError("[".repeat(1_000_000))?.offset).toBe(1_000_000);
    expect(locateJsonError(`${"[".repeat(1_000_000)}${"]".repeat(1_000_000)}`)).toBeUndefined();
    expect(locateJsonError('{"a":'.repeat(300_000))?.offset).toBe(1_500_000);
  });
});

/** Every path of a value. */
function pathsOf(value: unknown, path: (string | number)[] = []): (string | number)[][] {
  if (typeof value !== "object" || value === null) {
    return [path];
  }
  const steps = Array.isArray(value) ? value.map((_, index) => index) : Object.keys(value);
  return [
    path,
    ...steps.flatMap((step) => pathsOf((value as Record<string, unknown>)[step], [...path, step])),
  ];
}

describe("JSON paths", () => {
  test("each value is found where it stands", () => {
    fc.assert(
      fc.property(arbitraryJson(), fc.constantFrom(undefined, 2), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        for (const path of pathsOf(value)) {
          const { offset, line, column } = locateJsonPath(text, path)!;
          const expected = path.reduce((inner, step) => (inner as never)[step], value as unknown);
          const rest = text.slice(offset);
          const end = Array.from(rest.matchAll(/["\]}\w]/gu), (match) => match.index + 1);
          const read = end.map((length) => rest.slice(0, length)).find(isJson);
          expect(JSON.stringify(JSON.parse(read!)).startsWith(JSON.stringify(expected).slice(0, 1))).toBe(
            true,
          );
          expect(text.split("\n")[line - 1]!.slice(column - 1)).toBe(rest.split("\n")[0]);
        }
      }),
    );
  });

  test("the last of two values is the one that counts, also under an escaped key", () => {
    const text = '{"a": 1, "b": {"a": 2}, "\\u0061": [3, {"x": "]}\\""}]}';
    expect(text.slice(locateJsonPath(text, ["a"])!.offset)).toMatch(/^\[3/u);
    expect(text.slice(locateJsonPath(text, ["a", 1, "x"])!.offset)).toMatch(/^"\]/u);
    expect(locateJsonPath(text, ["a", 2])).toBeUndefined();
    expect(locateJsonPath(text, ["b", 0])).toBeUndefined();
    expect(locateJsonPath(text, ["constructor"])).toBeUndefined();
  });

  test("paths are written and read back", () => {
    const step = fc.oneof(fc.nat(99), fc.string(), fc.constantFrom("role", "a.b", "[0]", '"', "\\", "é", ""));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 4 }), (path) => {
        expect(parseJsonPath(formatJsonPath(path))).toEqual(path);
      }),
    );
    expect(parseJsonPath("input.messages[0].role")).toEqual(["input", "messages", 0, "role"]);
    expect(parseJsonPath("a[")).toBeUndefined();
  });
});

describe("findDuplicateKeys", () => {
  test("there are none in what JSON.stringify writes", () => {
    fc.assert(fc.property(arbitraryJson(), (value) => findDuplicateKeys(JSON.stringify(value)).length === 0));
  });

  test("they are found in their own object only, however they are escaped", () => {
    const text =
      '{"a": "a", "b": [{"a": 1}, {"x": 0, "\\u0078" : {"a": ":"}, "x": 2}], "__proto__": 1, "a": 2}';
    const found = findDuplicateKeys(text);
    expect(found.map(({ path }) => formatJsonPath(path))).toEqual(["b[1].x", "b[1].x", "a"]);
    expect(found.map(({ offset }) => text.slice(offset, offset + 3))).toEqual(['"\\u', '"x"', '"a"']);
    expect(found.at(-1)!.firstOffset).toBe(1);
    expect(findDuplicateKeys(text, 1)).toHaveLength(1);
  });
});

test("nesting is measured outside of strings", () => {
  expect(isNestedDeeper(`[${'"[[[[[[[["'}]`, 2)).toBe(false);
  expect(isNestedDeeper('[[],{"a":[{}]}]          ', 4)).toBe(false);
  expect(isNestedDeeper('[[],{"a":[{}]}]          ', 3)).toBe(true);
});
