import { describe, expect, test } from "vitest";
import { MAX_ISSUES_PER_LINE } from "./rules/collector.ts";
import { targetIds } from "./targets/index.ts";
import { acceptedBy, validateExample } from "./validate-example.ts";

const user = { role: "user" as const, content: "Hi" };
const answer = { role: "assistant" as const, content: "Hello" };
const other = { role: "assistant" as const, content: "What" };
const valid = { input: { messages: [user] }, preferred_output: [answer], non_preferred_output: [other] };
const several = { ...valid, preferred_output: [answer, answer] };

function codes(value: unknown, targets = targetIds): string[] {
  return validateExample(value, { targets }).map(({ code }) => code);
}

describe("validateExample", () => {
  test("lists all problems at once", () => {
    const line = {
      id: 1,
      input: {
        messages: [
          { role: "developer", content: "Be brief." },
          { role: "assistant", content: 5 },
        ],
      },
      preferred_output: { role: "assistant", content: "Hello" },
    };
    expect(codes(line, ["openai"])).toEqual([
      "LINE_EXTRA_KEY",
      "LINE_MISSING_KEY",
      "MESSAGE_ROLE_DEVELOPER",
      "MESSAGE_CONTENT_INVALID",
      "OUTPUT_NOT_ARRAY",
      "INPUT_NO_USER",
      "INPUT_ENDS_WITH_ASSISTANT",
    ]);
  });

  test("checks for OpenAI when nothing else is asked", () => {
    const line = { ...valid, input: { messages: [{ role: "user", content: "<|im_start|>" }] } };
    expect(validateExample(line).map(({ target }) => target)).toEqual(["openai"]);
    expect(validateExample(line, { targets: [] })).toEqual([]);
  });

  test("gives the place of the line and the path in it", () => {
    const [issue] = validateExample(several, { location: { source: "a.jsonl", line: 7 } });
    expect(issue?.location).toEqual({ source: "a.jsonl", line: 7, path: "preferred_output" });
  });

  test("names a line of another format instead of every key it lacks", () => {
    const [issue, ...others] = validateExample({ prompt: "Hi", chosen: "a", rejected: "b" });
    expect(others).toEqual([]);
    expect(issue?.message).toBe("This is a row for Hugging Face TRL with its own prompt");
    expect(issue?.hint).toBe("Convert it: dpo convert FILE -o train.jsonl");
  });

  test("what only Azure takes is a warning for Azure alone", () => {
    const severity = (targets: typeof targetIds): unknown =>
      validateExample(several, { targets })[0]?.severity;
    expect(severity(["azure"])).toBe("warning");
    expect(severity(["azure", "openai"])).toBe("error");
    expect(severity([])).toBe("error");
  });

  test("refuses a provider that there is not", () => {
    expect(() => validateExample(valid, { targets: ["mistral" as never] })).toThrow(/no provider "mistral"/u);
  });

  test("lists at most a thousand problems of a line", () => {
    const line = { ...valid, input: { messages: Array.from({ length: 100_000 }, () => null) } };
    expect(validateExample(line)).toHaveLength(MAX_ISSUES_PER_LINE);
  });

  test("takes nesting of any depth, wherever it is", () => {
    const deep = JSON.parse(`${'{"a":['.repeat(50_000)}1${"]}".repeat(50_000)}`) as unknown;
    const tool = { type: "function", function: { name: "f", parameters: { deep } } };
    expect(codes({ ...valid, input: { messages: [user], tools: [tool] } }, ["openai"])).toEqual([]);
    for (const line of [
      deep,
      { ...valid, input: deep },
      { ...valid, input: { messages: [deep] } },
      { ...valid, input: { messages: [{ ...user, content: deep }] } },
      { ...valid, preferred_output: [{ ...answer, content: [deep] }] },
      {
        ...valid,
        preferred_output: [{ ...answer, tool_calls: deep }],
        non_preferred_output: [{ ...answer, tool_calls: deep }],
      },
      {
        ...valid,
        preferred_output: [{ ...answer, function_call: deep }],
        non_preferred_output: [{ ...answer, function_call: deep }],
      },
    ]) {
      expect(codes(line)).not.toEqual([]);
    }
  });

  test("many calls and many answers take no more than their number", () => {
    const count = 20_000;
    const ids = Array.from({ length: count }, (_, index) => `call_${index}`);
    const call = (id: string): object => ({ id, type: "function", function: { name: "f", arguments: "{}" } });
    const messages = [
      user,
      { role: "assistant", tool_calls: ids.map(call) },
      ...ids.map((id) => ({ role: "tool", tool_call_id: id, content: "1" })),
    ];
    const tools = [{ type: "function", function: { name: "f" } }];
    expect(codes({ ...valid, input: { messages, tools } }, ["openai"])).toEqual(["INPUT_EARLIER_TURNS"]);
  });
});

describe("acceptedBy", () => {
  test("has a bit for each provider, in the order asked", () => {
    expect(acceptedBy(valid, targetIds)).toBe(0b1111);
    expect(acceptedBy(valid, [])).toBe(0);
    const twoTurns = { ...valid, input: { messages: [user, answer, user] } };
    expect(acceptedBy(twoTurns, ["openai", "azure", "together", "fireworks"])).toBe(0b0111);
    expect(acceptedBy(twoTurns, ["fireworks", "openai"])).toBe(0b10);
  });

  test("several messages in an output are Azure's alone", () => {
    expect(acceptedBy(several, targetIds)).toBe(0b0010);
  });
});
