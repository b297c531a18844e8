import { carryJson, type DpoExample, type FunctionTool } from "@dpo-kit/schema";
import { arbitraryDpoExample } from "@dpo-kit/testkit";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatExample } from "./format-example.ts";

const example: DpoExample = {
  non_preferred_output: [{ content: "No", role: "assistant" }],
  preferred_output: [{ content: "Yes", role: "assistant" }],
  input: { messages: [{ content: "So?", role: "user" }] },
};

describe("formatExample", () => {
  it("writes keys in their order and says what is at its default", () => {
    expect(formatExample(example)).toBe(
      '{"input":{"messages":[{"role":"user","content":"So?"}],"tools":[],"parallel_tool_calls":true},' +
        '"preferred_output":[{"role":"assistant","content":"Yes"}],' +
        '"non_preferred_output":[{"role":"assistant","content":"No"}]}',
    );
  });

  it("leaves out what is at its default when lean, and nothing else", () => {
    expect(formatExample(example, { lean: true })).toContain('"So?"}]},"preferred');
    const notParallel = { ...example, input: { ...example.input, tools: [], parallel_tool_calls: false } };
    expect(formatExample(notParallel, { lean: true })).toContain('"So?"}],"parallel_tool_calls":false}');
  });

  it("writes every key that a message may have, in one order", () => {
    const call = { function: { arguments: '{"a": 1}', name: "f" }, type: "function" as const, id: "c" };
    const messages: DpoExample["input"]["messages"] = [
      { name: "n", content: [{ text: "t", type: "text" }], role: "system" },
      { weight: 0, tool_calls: [call], name: "n", refusal: null, content: null, role: "assistant" },
      { tool_call_id: "c", content: "r", role: "tool" },
      { function_call: { arguments: "{}", name: "f" }, role: "assistant" },
      { content: null, name: "f", role: "function" },
    ];
    expect(formatExample({ ...example, input: { messages } })).toContain(
      '[{"role":"system","content":[{"type":"text","text":"t"}],"name":"n"},' +
        '{"role":"assistant","content":null,"refusal":null,"name":"n","tool_calls":' +
        '[{"id":"c","type":"function","function":{"name":"f","arguments":"{\\"a\\": 1}"}}],"weight":0},' +
        '{"role":"tool","content":"r","tool_call_id":"c"},' +
        '{"role":"assistant","function_call":{"name":"f","arguments":"{}"}},' +
        '{"role":"function","content":null,"name":"f"}]',
    );
  });

  it("leaves non-ASCII as it is and escapes what breaks lines", () => {
    const answer = [{ role: "assistant" as const, content: 'é漢😀\u2028\u2029\n"\\\u0001\u007f' }];
    expect(formatExample({ ...example, preferred_output: answer })).toContain(
      '"é漢😀\\u2028\\u2029\\n\\"\\\\\\u0001\u007f"',
    );
  });

  it("keeps tools that were carried as they were written, wholly or in part", () => {
    const text = '[{"type":"function","function":{"name":"f","parameters":{"minimum":1.0,"maximum":1e400}}}]';
    const tools = carryJson(text) as unknown as FunctionTool[];
    expect(formatExample({ ...example, input: { ...example.input, tools } })).toContain(`"tools":${text},`);
    const parameters = carryJson('{ "minimum": 1.0 }') as FunctionTool["function"]["parameters"];
    const wrapped: FunctionTool[] = [{ type: "function", function: { name: "f", parameters: parameters! } }];
    expect(formatExample({ ...example, input: { ...example.input, tools: wrapped } })).toContain(
      '"parameters":{"minimum":1.0}}}]',
    );
  });

  it("writes JSON that parses to the example again", () => {
    fc.assert(
      fc.property(arbitraryDpoExample(), (any) => {
        expect(JSON.parse(formatExample(any))).toEqual(JSON.parse(JSON.stringify(any)));
        expect(formatExample(any)).not.toMatch(/[\n\r\u2028\u2029]/u);
      }),
    );
  });
});
