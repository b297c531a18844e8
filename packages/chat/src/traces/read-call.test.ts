import type { JsonValue } from "@dpo-kit/schema";
import { describe, expect, it } from "vitest";
import { type MessageNode, nodeText } from "../model/chat-node.ts";
import { readCallInput } from "./read-call-input.ts";
import { readCallOutput } from "./read-call-output.ts";
import { readModelCall } from "./read-model-call.ts";

/** Messages in short: the role, the text, the calls, and why they are not whole. */
function brief(nodes: readonly MessageNode[] | undefined): string[] | undefined {
  return nodes?.map((node) => {
    const calls = (node.toolCalls ?? []).map(({ id, name, arguments: given }) => ` ${id}=${name}${given}`);
    const answered = node.toolCallId === undefined ? "" : ` for ${node.toolCallId}`;
    return `${node.role}: ${nodeText(node)}${calls.join("")}${answered}${node.status ?? ""}`;
  });
}

const question = { role: "user", content: "Hi" };
const asked = ["user: Hi"];

describe("what a model was given", () => {
  it.each<[string, JsonValue, string[] | undefined]>([
    ["a text", "Hi", asked],
    ["messages of OpenAI", [question], asked],
    ["a request", { model: "m", messages: [question] }, asked],
    ["a request as a JSON text", JSON.stringify({ messages: [question] }), asked],
    ["messages in a batch of one", { messages: [[question]] }, asked],
    ["prompts of LangChain", { prompts: ["Hi"] }, asked],
    ["a question", { question: "Hi" }, asked],
    ["a prompt with instructions", { prompt: "Hi", system: "Be brief." }, ["system: Be brief.", ...asked]],
    ["arguments of Python", { args: ["Hi"], kwargs: {} }, asked],
    ["named arguments of Python", { args: [], kwargs: { messages: [question] } }, asked],
    [
      "contents of Gemini",
      {
        contents: [{ role: "user", parts: [{ text: "Hi" }] }],
        config: { system_instruction: { parts: [{ text: "Be brief." }] } },
      },
      ["system: Be brief.", ...asked],
    ],
    [
      "items of the Responses API",
      [
        question,
        { type: "function_call", call_id: "c", name: "f", arguments: "{}" },
        { type: "function_call_output", call_id: "c", output: "1" },
      ],
      [...asked, "assistant:  c=f{}", "tool: 1 for c"],
    ],
    [
      "blocks of Anthropic",
      [
        { role: "assistant", content: [{ type: "tool_use", id: "c", name: "f", input: { a: 1 } }] },
        { role: "user", content: [{ type: "tool_result", tool_use_id: "c", content: "1" }, "And?"] },
      ],
      ['assistant:  c=f{"a":1}', "tool: 1 for c", "user: And?"],
    ],
    [
      "parts of OpenTelemetry",
      [
        { role: "assistant", parts: [{ type: "tool_call", id: "c", name: "f", arguments: { a: 1 } }] },
        { role: "tool", parts: [{ type: "tool_call_response", id: "c", response: { b: 2 } }] },
      ],
      ['assistant:  c=f{"a":1}', 'tool: {"b":2} for c'],
    ],
    ["messages of LangChain", [{ type: "human", data: { content: "Hi" } }], asked],
    ["something else", { a: 1, b: 2 }, undefined],
    ["nothing", null, undefined],
    ["JSON that was cut", '{"messages": [{"role"', undefined],
    ["a value of Python", "{'query': 'Hi'}", undefined],
  ])("%s", (_, input, messages) => expect(brief(readCallInput(input)?.messages)).toEqual(messages));

  it("with tools, whose numbers stay as they were written", () => {
    const tool = (schema: string): string =>
      `{"messages":[{"role":"user","content":"Hi"}],"tools":[${schema}]}`;
    const function_ = '{"type":"function","function":{"name":"f","parameters":{"maximum":1.0}}}';
    for (const spelling of [
      function_,
      '{"name":"f","input_schema":{"maximum":1.0}}',
      '{"type":"function","name":"f","inputSchema":{"maximum":1.0}}',
      '{"functionDeclarations":[{"name":"f","parameters":{"maximum":1.0}}]}',
    ]) {
      expect(readCallInput(tool(spelling))?.tools).toBe(`[${function_}]`);
    }
    expect(readCallInput(tool('{"type":"web_search"}'))?.tools).toBeUndefined();
  });
});

describe("what a model answered", () => {
  it.each<[string, JsonValue, string[] | undefined]>([
    ["a text", "Yes", ["assistant: Yes"]],
    ["a message", { role: "assistant", content: "Yes" }, ["assistant: Yes"]],
    ["a text that is JSON", '{"yes":true}', ['assistant: {"yes":true}']],
    ["one choice", { choices: [{ message: { role: "assistant", content: "Yes" } }] }, ["assistant: Yes"]],
    [
      "a choice that was cut",
      { choices: [{ message: { role: "assistant", content: "Ye" }, finish_reason: "length" }] },
      ["assistant: Yepartial"],
    ],
    ["several choices", { choices: [{ message: question }, { message: question }] }, undefined],
    [
      "a candidate of Gemini",
      { candidates: [{ content: { parts: [{ text: "Yes" }] } }] },
      ["assistant: Yes"],
    ],
    [
      "a candidate that was stopped",
      { candidates: [{ content: { parts: [{ text: "Y" }] }, finishReason: "MAX_TOKENS" }] },
      ["assistant: Ypartial"],
    ],
    ["a generation of LangChain", { generations: [[{ text: "Yes" }]] }, ["assistant: Yes"]],
    ["calls of Vercel", [{ toolCallId: "c", toolName: "f", input: "{}" }], ["assistant:  c=f{}"]],
    ["an answer", { answer: "Yes" }, ["assistant: Yes"]],
    ["something else", { a: 1 }, undefined],
    ["nothing", null, undefined],
  ])("%s", (_, output, messages) => expect(brief(readCallOutput(output)?.messages)).toEqual(messages));
});

describe("a call", () => {
  const answer = { role: "assistant", content: "Yes" };

  it("of a graph does not repeat what was given", () => {
    const call = readModelCall({ input: [question], output: { messages: [question, answer] } });
    expect([brief(call?.input), brief(call?.output)]).toEqual([asked, ["assistant: Yes"]]);
  });

  it("of which only the conversation was kept is cut before the answer", () => {
    const call = readModelCall({ input: null, output: [question, answer] });
    expect([brief(call?.input), brief(call?.output)]).toEqual([asked, ["assistant: Yes"]]);
  });

  it("takes the instructions that only the response has", () => {
    const output = { instructions: "Be brief.", output: [{ type: "message", ...answer }] };
    expect(brief(readModelCall({ input: "Hi", output })?.input)).toEqual(["system: Be brief.", ...asked]);
  });

  it("that ends with a question has no answer", () => {
    expect(readModelCall({ input: "Hi", output: [answer, question] })).toBeUndefined();
  });
});
