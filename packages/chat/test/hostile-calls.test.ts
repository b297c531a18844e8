import type { JsonValue } from "@dpo-kit/schema";
import { describe, expect, it } from "vitest";
import { fileOf } from "./chat-fixtures.ts";
import { toldBy } from "./told-by.ts";

function nested(open: string, close: string, depth: number): string {
  return `${open.repeat(depth)}"x"${close.repeat(depth)}`;
}

/** Values that lie in each other in every way in which requests and answers do. */
function shapesOf(depth: number): string[] {
  return [
    nested("[", "]", depth),
    ...["input", "output", "kwargs", "messages", "generations"].map((key) =>
      nested(`{"${key}":`, "}", depth),
    ),
    nested('[{"role":"user","content":[', "]}]", depth),
    `[{"role":"user","content":${nested('[{"content":', "}]", depth)}}]`,
    `[{"role":"user","content":[{"type":"tool_result","content":${nested("[", "]", depth)}}]}]`,
    `[{"role":"assistant","tool_calls":[{"function":{"name":"f","arguments":${nested("[", "]", depth)}}}]}]`,
    `{"messages":[{"role":"user","content":"a"}],"tools":${nested('[{"functionDeclarations":', "}]", depth)}}`,
  ];
}

function observation(input: JsonValue, output: JsonValue): JsonValue {
  return { id: "a", traceId: "b", type: "GENERATION", input, output };
}

function run(inputs: JsonValue, outputs: JsonValue): JsonValue {
  return { id: "a", run_type: "llm", inputs, outputs };
}

function span(input: JsonValue, output: JsonValue): JsonValue {
  const attributes = { "gen_ai.input.messages": input, "gen_ai.output.messages": output };
  return { context: { span_id: "a" }, attributes };
}

describe.each([
  { from: "langfuse", of: observation },
  { from: "langsmith", of: run },
  { from: "opentelemetry", of: span },
])("calls that are nested deep, from $from", ({ from, of }) => {
  it.each(shapesOf(400).map((text) => ({ text })))("as they are: $text", async ({ text }) => {
    const value = JSON.parse(text) as JsonValue;
    const { outcomes } = await toldBy([fileOf([of(value, "Yes"), of("Hi", value)])], { from });
    expect(outcomes.length).toBeGreaterThan(0);
  });

  it.each(shapesOf(20_000).map((text) => ({ text })))("as texts: $text", async ({ text }) => {
    const { outcomes } = await toldBy([fileOf([of(text, "Yes"), of("Hi", text)])], { from });
    expect(outcomes.length).toBeGreaterThan(0);
  });
});
