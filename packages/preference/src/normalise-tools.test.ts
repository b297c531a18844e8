import { carriedJsonText, carryJson, isCarriedJson, type JsonValue } from "@dpo-kit/schema";
import { describe, expect, it } from "vitest";
import { normaliseTools } from "./normalise-tools.ts";
import { withoutNullPadding } from "./null-padding.ts";

const options = { at: { source: "-" }, path: "tools" };

/** The text of the tools, and what was changed. */
function normalised(value: JsonValue): [text: string, transforms: string[]] {
  const { tools, transforms, issues } = normaliseTools(value, options);
  expect(issues).toEqual([]);
  return [carriedJsonText(tools), transforms];
}

const look = '{"type":"function","function":{"name":"look","parameters":{"type":"object","maximum":1.0}}}';

describe("normaliseTools", () => {
  it.each<[string, string, string, string[]]>([
    ["canonical tools", `[${look}]`, `[${look}]`, []],
    [
      "other order, other white space",
      '[ {"function": {"name": "look", "2": 1, "1": 2}, "type": "function"} ]',
      '[{"function":{"name":"look","2":1,"1":2},"type":"function"}]',
      [],
    ],
    ["one tool by itself", look, `[${look}]`, []],
    ["none", "[]", "[]", []],
    ["null", "null", "[]", []],
    ["an empty text", '" "', "[]", []],
    [
      "a bare definition",
      '[{"name":"look","n":1.0}]',
      '[{"type":"function","function":{"name":"look","n":1.0}}]',
      ["tools-wrapped"],
    ],
    [
      "a flat tool",
      '[{"type":"function","name":"look"}]',
      '[{"type":"function","function":{"name":"look"}}]',
      ["tools-wrapped"],
    ],
    [
      "a tool without its type",
      '[{"function":{"name":"look"}}]',
      '[{"type":"function","function":{"name":"look"}}]',
      ["tools-wrapped"],
    ],
    ["JSON in a text", JSON.stringify(`[${look}]`), `[${look}]`, ["double-encoded-json"]],
    ["JSON texts in a list", `[${JSON.stringify(look)}]`, `[${look}]`, ["double-encoded-json"]],
    [
      "null padding",
      '[{"type":"function","function":{"name":"look","strict":null,"n":1.0}}]',
      '[{"type":"function","function":{"name":"look","n":1.0}}]',
      ["null-fields-removed"],
    ],
  ])("%s", (_, text, expected, transforms) => {
    expect(normalised(carryJson(text))).toEqual([expected, transforms]);
  });

  it("hands back the very value where nothing had to change", () => {
    const value = carryJson(`[${look}]`);
    expect(normaliseTools(value, options).tools).toBe(value);
  });

  it("carries what was not carried before", () => {
    const value = [{ type: "function", function: { name: "look" } }];
    const { tools } = normaliseTools(value, options);
    expect(tools).toEqual(value);
    expect(isCarriedJson(tools)).toBe(true);
  });

  it.each<[string, string]>([
    ['"look()"', "tools"],
    ["7", "tools"],
    ["[7]", "tools[0]"],
    [`[${look},"x"]`, "tools[1]"],
    ["[{}]", "tools[0]"],
    ['[{"name":""}]', "tools[0]"],
    ['[{"type":"web_search"}]', "tools[0]"],
    ['[{"type":"function","function":{}}]', "tools[0]"],
    ['[{"__proto__":{"name":"look"}}]', "tools[0]"],
  ])("%s is no list of tools", (text, path) => {
    const { tools, issues } = normaliseTools(carryJson(text), options);
    expect(tools).toEqual([]);
    expect(issues.map(({ code, location }) => [code, location.path])).toEqual([["PAIR_TOOLS_INVALID", path]]);
  });

  it("survives nesting deeper than the stack", () => {
    const depth = 20_000;
    const text = `[{"name":"f","parameters":${'{"a":'.repeat(depth)}null${"}".repeat(depth)}}]`;
    expect(normaliseTools(carryJson(text), options).issues).toEqual([]);
    expect(normaliseTools(JSON.parse(text) as JsonValue, options).issues).toEqual([]);
  });
});

it.each([
  ['{"a":1.0,"b":null}', '{"a":1.0}'],
  ['{"a":{"b":null,"c":{}}}', '{"a":{"c":{}}}'],
  ['{"a":[{"b":null},null]}', '{"a":[{},null]}'],
  [
    '{"properties":{"x":null,"default":null,"y":{"default":null,"enum":[null,"a"],"title":null}}}',
    '{"properties":{"y":{"default":null,"enum":[null,"a"]}}}',
  ],
  ['{"default":{"a":null},"const":null}', '{"default":{"a":null},"const":null}'],
  ['{"enum":null}', "{}"],
  ['{"a":"null"}', '{"a":"null"}'],
  ['{"a":1,"a":"null"}', '{"a":1,"a":"null"}'],
  ["[null]", "[null]"],
])("withoutNullPadding(%s) is %s", (text, expected) => {
  expect(withoutNullPadding(text)).toBe(expected);
});
