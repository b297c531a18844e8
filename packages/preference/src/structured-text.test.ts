import { carriedJsonText, type JsonValue } from "@dpo-kit/schema";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseStructuredText } from "./structured-text.ts";

describe("parseStructuredText", () => {
  it.each<[string, string, string]>([
    ['[{"role": "user", "content": "Hi"}]', "json", '[{"role":"user","content":"Hi"}]'],
    [' {"n": 1.0, "big": 12345678901234567890} ', "json", '{"n":1.0,"big":12345678901234567890}'],
    ["[]", "json", "[]"],
    ['"[{\\"a\\": 1.0}]"', "double-encoded-json", '[{"a":1.0}]'],
    ["[{'role': 'user', 'content': \"it's\"}]", "python", '[{"role":"user","content":"it\'s"}]'],
    ["{'a': True, 'b': False, 'c': None}", "python", '{"a":true,"b":false,"c":null}'],
    ["[1.0, -2, 1e+16, 12345678901234567890, 'x']", "python", '[1.0,-2,1e+16,12345678901234567890,"x"]'],
    ["('a', ('b',), ())", "python", '["a",["b"],[]]'],
    ["['a', 'b',]", "python", '["a","b"]'],
    [
      "[u'caf\\xe9', '\\u6f22', '\\U0001F600', '\\t\\n\\\\\\'\\x00']",
      "python",
      '["café","漢","😀","\\t\\n\\\\\'\\u0000"]',
    ],
    ["['\\101\\0', '\\d', 'a\\\nb']", "python", '["A\\u0000","\\\\d","ab"]'],
    ["[{'a': 1}\n {'a': 2}]", "numpy", '[{"a":1},{"a":2}]'],
    ["['a' 'b']", "numpy", '["a","b"]'],
    ["[{'t': array([], dtype=object)}\n {'t': None}]", "numpy", '[{"t":[]},{"t":null}]'],
    ["array([{'a': 1},\n       {'a': 2}], dtype=object)", "numpy", '[{"a":1},{"a":2}]'],
    ["array([1, 2], dtype='<U3')", "numpy", "[1,2]"],
  ])("%j is %s", (text, via, json) => {
    const found = parseStructuredText(text)!;
    expect(found.via).toBe(via);
    expect(carriedJsonText(found.value)).toBe(json);
    expect(found.value).toEqual(JSON.parse(json));
  });

  it.each([
    "",
    "42",
    "true",
    "null",
    '"text"',
    '"42"',
    "'text'",
    "Hello [there]",
    "[INST] Hi [/INST]",
    "{name}",
    "{\\bf x}",
    "(see above)",
    "('a')",
    "[1, 2",
    "[1 2] [3]",
    "[1, 2]]",
    "[1,, 2]",
    "[, 1]",
    "['a', 'b' 'c']",
    "['a' 'b', 'c']",
    "['a''b']",
    "[{'a': 1}{'a': 2}]",
    "[[1][2, 'a']]",
    "['''a''']",
    "['a\nb']",
    "['\\N{DASH}']",
    "['\\xg1']",
    "['\\U00110000']",
    "['a",
    "['a\\",
    "[b'a']",
    "[r'a']",
    "[f'a']",
    "{1: 2}",
    "{'a'}",
    "{'a': }",
    "{'a' 'b'}",
    "{'a': 1 'b': 2}",
    "{'a': 1, 'b'}",
    "{'a', 'b': 1}",
    "{: 1}",
    "[nan]",
    "[NaN]",
    "[inf]",
    "[01]",
    "[1.]",
    "[1_000]",
    "[0x1F]",
    "[true, 'a']",
    "[Nonesuch]",
    "[...]",
    "['a' ... 'b']",
    "[datetime.datetime(2024, 1, 1)]",
    "[__import__('os').system('true')]",
    "array()",
    "array([1], 2)",
    "array([1], [2])",
    "array([1], dtype=object",
    "list([1])",
    "[1)",
    "{'a': 1]",
  ])("%j stays text", (text) => {
    expect(parseStructuredText(text)).toBeUndefined();
  });

  it("has no nesting that overflows the stack", () => {
    const deep = 300_000;
    expect(parseStructuredText("[".repeat(deep) + "]".repeat(deep))?.via).toBe("json");
    expect(parseStructuredText(`['a', ${"[".repeat(deep)}${"]".repeat(deep)}]`)).toBeUndefined();
    expect(parseStructuredText(`['a', ${"[".repeat(100)}${"]".repeat(100)}]`)?.via).toBe("python");
  });

  it("keeps hostile keys as ordinary ones", () => {
    const { value } = parseStructuredText("{'__proto__': {'x': 1}, 'constructor': 2}")!;
    expect(Object.keys(value as object)).toEqual(["__proto__", "constructor"]);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  });
});

/** A value as Python's `repr` writes it: single quotes unless the text has some and no double ones. */
function repr(value: JsonValue): string {
  if (typeof value === "string") {
    return reprText(value);
  }
  if (Array.isArray(value)) {
    return `[${value.map(repr).join(", ")}]`;
  }
  if (typeof value === "object" && value !== null) {
    const members = Object.entries(value).map(([key, member]) => `${reprText(key)}: ${repr(member)}`);
    return `{${members.join(", ")}}`;
  }
  return value === null
    ? "None"
    : typeof value === "boolean"
      ? value
        ? "True"
        : "False"
      : reprNumber(value);
}

function reprNumber(value: number): string {
  return Object.is(value, -0) ? "-0.0" : String(value);
}

function reprText(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  return quote + [...text].map((character) => reprCharacter(character, quote)).join("") + quote;
}

function reprCharacter(character: string, quote: string): string {
  const named: Record<string, string> = {
    "\n": "\\n",
    "\r": "\\r",
    "\t": "\\t",
    "\\": "\\\\",
    [quote]: `\\${quote}`,
  };
  const code = character.codePointAt(0)!;
  if (Object.hasOwn(named, character)) {
    return named[character]!;
  }
  if (code < 0x20 || (code >= 0x7f && code < 0xa1)) {
    return `\\x${code.toString(16).padStart(2, "0")}`;
  }
  const isPrintable = !/[\p{C}\p{Z}]/u.test(character) || character === " ";
  if (isPrintable) {
    return character;
  }
  return code > 0xffff
    ? `\\U${code.toString(16).padStart(8, "0")}`
    : `\\u${code.toString(16).padStart(4, "0")}`;
}

const text = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({ unit: fc.constantFrom("'", '"', "\\", "\n", ",", "[", "}", "u", "None", " ") }),
);
const json = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    text,
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(text, tie("value"), { maxKeys: 4 }),
  ),
})).value;
const structure = fc.oneof(fc.array(json), fc.dictionary(text, json));

/** As JSON has it: no negative zero, no prototype-less objects. */
const plain = (value: JsonValue) => JSON.parse(JSON.stringify(value)) as JsonValue;

describe("any list or object", () => {
  it("is read back from JSON, encoded once or twice", () => {
    fc.assert(
      fc.property(structure, (value) => {
        const once = JSON.stringify(value);
        expect(parseStructuredText(once)).toEqual({ value: plain(value), via: "json" });
        expect(parseStructuredText(JSON.stringify(once))).toEqual({
          value: plain(value),
          via: "double-encoded-json",
        });
      }),
    );
  });

  it("is read back from Python", () => {
    fc.assert(
      fc.property(structure, (value) => {
        // An object with a key of its own that only Python can have written.
        const found = parseStructuredText(repr([value, true]));
        expect(found?.via).toBe("python");
        expect(plain(found!.value)).toEqual(plain([value, true]));
      }),
      { numRuns: 500 },
    );
  });

  it("is read back from NumPy", () => {
    fc.assert(
      fc.property(fc.array(fc.dictionary(text, json), { minLength: 2, maxLength: 4 }), (list) => {
        const found = parseStructuredText(`[${list.map(repr).join("\n ")}]`);
        expect(found?.via).toBe("numpy");
        expect(plain(found!.value)).toEqual(plain(list));
      }),
    );
  });

  it("no text makes it throw", () => {
    const hostile = fc.string({ unit: fc.constantFrom(..."[]{}(),:'\"\\ \nuxNTrue10.-eEarray(dtype=") });
    fc.assert(
      fc.property(fc.constantFrom("[", "{", "(", '"', "array("), hostile, (start, rest) => {
        const found = parseStructuredText(start + rest);
        expect(found === undefined || typeof found.value === "object").toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});
