import { describe, expect, test } from "vitest";
import { carryJson, rememberJsonText } from "./carried-json.ts";
import { type FixChange, fixExample } from "./fix-example.ts";
import { validateExample } from "./validate-example.ts";

const user = { role: "user", content: "How is the weather in Oslo?" };
const answer = { role: "assistant", content: "Rain." };
const other = { role: "assistant", content: "Sun." };
const valid = { input: { messages: [user] }, preferred_output: [answer], non_preferred_output: [other] };

function call(args: unknown): object {
  return { id: "call_1", type: "function", function: { name: "get_weather", arguments: args } };
}

interface FixCase {
  name: string;
  line: unknown;
  value: unknown;
  changes: FixChange[];
}

const cases: FixCase[] = [
  {
    name: "old names of the outputs",
    line: { input: valid.input, preferred_completion: [answer], non_preferred_completion: [other] },
    value: valid,
    changes: [
      {
        fix: "key-renamed",
        path: "preferred_completion",
        from: "preferred_completion",
        to: "preferred_output",
      },
      {
        fix: "key-renamed",
        path: "non_preferred_completion",
        from: "non_preferred_completion",
        to: "non_preferred_output",
      },
    ],
  },
  {
    name: "single messages where a list belongs",
    line: { input: { messages: user }, preferred_output: answer, non_preferred_output: other },
    value: valid,
    changes: [
      { fix: "wrapped-in-list", path: "input.messages" },
      { fix: "wrapped-in-list", path: "preferred_output" },
      { fix: "wrapped-in-list", path: "non_preferred_output" },
    ],
  },
  {
    name: "the role developer",
    line: { ...valid, input: { messages: [{ role: "developer", content: "Be brief." }, user] } },
    value: { ...valid, input: { messages: [{ role: "system", content: "Be brief." }, user] } },
    changes: [
      { fix: "developer-to-system", path: "input.messages[0].role", from: "developer", to: "system" },
    ],
  },
  {
    name: "weights of answers, and not those of earlier turns",
    line: {
      ...valid,
      input: { messages: [user, { ...answer, weight: 0 }, user] },
      preferred_output: [{ ...answer, weight: 1 }],
    },
    value: { ...valid, input: { messages: [user, { ...answer, weight: 0 }, user] } },
    changes: [{ fix: "output-weight-removed", path: "preferred_output[0].weight" }],
  },
  {
    name: "arguments that are an object",
    line: { ...valid, preferred_output: [{ role: "assistant", tool_calls: [call({ city: "Oslo" })] }] },
    value: { ...valid, preferred_output: [{ role: "assistant", tool_calls: [call('{"city":"Oslo"}')] }] },
    changes: [
      {
        fix: "arguments-to-text",
        path: "preferred_output[0].tool_calls[0].function.arguments",
        from: "object",
        to: "text",
      },
    ],
  },
  {
    name: "known metadata at the top level",
    line: { id: 7, ...valid, metadata: { rater: 3 } },
    value: valid,
    changes: [
      { fix: "metadata-removed", path: "id" },
      { fix: "metadata-removed", path: "metadata" },
    ],
  },
];

describe("fixExample", () => {
  test.each(cases)("repairs $name", ({ line, value, changes }) => {
    expect(fixExample(line)).toEqual({ value, changes });
  });

  test.each(cases)("what it makes of $name has no error", ({ line }) => {
    const issues = validateExample(fixExample(line).value);
    expect(issues.filter(({ severity }) => severity === "error")).toEqual([]);
  });

  test("removes unknown keys only when it is asked to", () => {
    const line = {
      ...valid,
      "my key": 1,
      input: { ...valid.input, functions: [] },
      preferred_output: [{ ...answer, reasoning_content: "…" }],
    };
    expect(fixExample(line).changes).toEqual([]);
    const { value, changes } = fixExample(line, { dropUnknown: true });
    expect(value).toEqual(valid);
    expect(changes.map(({ fix, path }) => [fix, path])).toEqual([
      ["unknown-key-removed", '["my key"]'],
      ["unknown-key-removed", "input.functions"],
      ["unknown-key-removed", "preferred_output[0].reasoning_content"],
    ]);
  });

  test("__proto__ is an unknown key like others", () => {
    const line = JSON.parse(`{"__proto__":{"a":1},${JSON.stringify(valid).slice(1)}`) as object;
    expect(fixExample(line).value).toBe(line);
    const { value } = fixExample(line, { dropUnknown: true });
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(JSON.stringify(value)).toBe(JSON.stringify(valid));
  });

  test("keeps __proto__ where it repairs something beside it", () => {
    const line = JSON.parse(`{"__proto__":1,"id":7,${JSON.stringify(valid).slice(1)}`) as object;
    expect(Object.keys(fixExample(line).value as object)[0]).toBe("__proto__");
  });

  test("carried arguments keep the tokens of their numbers", () => {
    const text = '{"id":12345678901234567890,"share":1.0}';
    const line = { ...valid, preferred_output: [{ role: "assistant", tool_calls: [call(carryJson(text))] }] };
    const fixed = fixExample(line).value as typeof line;
    expect(JSON.stringify(fixed)).toContain(JSON.stringify(text));
  });

  test("what is carried beside a repair stays carried", () => {
    const tools = rememberJsonText([], "[ ]");
    const line = { id: 1, ...valid, input: { ...valid.input, tools } };
    const fixed = fixExample(line).value as typeof line;
    expect(fixed.input.tools).toBe(tools);
  });

  test("two names for one output are left to the user", () => {
    const line = { ...valid, preferred_completion: [other] };
    expect(fixExample(line)).toEqual({ value: line, changes: [] });
  });

  test("lines of other formats are left alone", () => {
    const lines = [
      { messages: [user, answer], id: 7 },
      { prompt: "a", chosen: "b", rejected: "c" },
      [valid],
      null,
      5,
    ];
    for (const line of lines) {
      expect(fixExample(line, { dropUnknown: true })).toEqual({ value: line, changes: [] });
    }
  });
});
