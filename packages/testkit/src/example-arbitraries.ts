import type {
  AssistantMessage,
  DpoExample,
  DpoInput,
  FunctionTool,
  JsonValue,
  Message,
  ToolCall,
} from "@dpo-kit/schema";
import fc from "fast-check";
import { arbitraryFilledText, arbitraryHostileText } from "./hostile-text.ts";

/** Any JSON value with hostile texts as strings and keys, own `__proto__` among them. */
export function arbitraryJson(): fc.Arbitrary<JsonValue> {
  const { value } = fc.letrec<{ value: JsonValue }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3, depthSize: "small" },
      fc.constantFrom(null, true, false, 0, -1, 1.5, 1e21),
      arbitraryHostileText(),
      fc.array(tie("value"), { maxLength: 3 }),
      fc
        .array(fc.tuple(arbitraryHostileText(), tie("value")), { maxLength: 3 })
        .map((entries) => Object.fromEntries(entries)),
    ),
  }));
  return value;
}

/** Up to three functions with distinct names that every provider takes. */
export function arbitraryTools(): fc.Arbitrary<FunctionTool[]> {
  const name = fc.stringMatching(/^[A-Za-z0-9_-]{1,12}$/);
  const properties = fc
    .array(fc.tuple(fc.oneof(name, fc.constantFrom("__proto__", "constructor")), arbitraryHostileText()), {
      maxLength: 3,
    })
    .map((entries) =>
      Object.fromEntries(entries.map(([key, description]) => [key, { type: "string", description }])),
    );
  const tool = fc.record({ name, description: arbitraryFilledText(), properties }).map(
    ({ name, description, properties }): FunctionTool => ({
      type: "function",
      function: { name, description, parameters: { type: "object", properties } },
    }),
  );
  return fc.uniqueArray(tool, { maxLength: 3, selector: (one) => one.function.name });
}

/** An assistant turn with text, with calls of the given tools, or with both. */
export function arbitraryAssistantMessage(tools: readonly FunctionTool[]): fc.Arbitrary<AssistantMessage> {
  const text = arbitraryFilledText().map((content): AssistantMessage => ({ role: "assistant", content }));
  if (tools.length === 0) {
    return text;
  }
  const calls = fc.array(arbitraryCall(tools), { minLength: 1, maxLength: 2 });
  const calling = fc
    .tuple(fc.option(arbitraryFilledText()), calls)
    .map(([content, list]): AssistantMessage => ({ role: "assistant", content, tool_calls: numbered(list) }));
  return fc.oneof({ weight: 3, arbitrary: text }, { weight: 1, arbitrary: calling });
}

function arbitraryCall(tools: readonly FunctionTool[]): fc.Arbitrary<Omit<ToolCall, "id">> {
  return fc
    .tuple(
      fc.constantFrom(...tools),
      fc.dictionary(fc.constantFrom("city", "a b", "é"), arbitraryHostileText()),
    )
    .map(([tool, values]) => ({
      type: "function",
      function: { name: tool.function.name, arguments: JSON.stringify(values) },
    }));
}

function numbered(calls: readonly Omit<ToolCall, "id">[]): ToolCall[] {
  return calls.map((call, index) => ({ id: `call_${index}`, ...call }));
}

/** A conversation that an assistant is to answer: perhaps a system message, earlier turns, the user's turn last. */
export function arbitraryMessages(tools: readonly FunctionTool[] = []): fc.Arbitrary<Message[]> {
  const user = arbitraryFilledText().map((content): Message => ({ role: "user", content }));
  const exchange = fc
    .tuple(user, arbitraryAssistantMessage(tools))
    .chain(([question, answer]) =>
      arbitraryResults(answer).map((results): Message[] => [question, answer, ...results]),
    );
  return fc
    .tuple(fc.option(arbitraryFilledText()), fc.array(exchange, { maxLength: 2 }), user)
    .map(([system, exchanges, last]) => [
      ...(system === null ? [] : [{ role: "system", content: system } as const]),
      ...exchanges.flat(),
      last,
    ]);
}

function arbitraryResults(answer: AssistantMessage): fc.Arbitrary<Message[]> {
  const calls = answer.tool_calls ?? [];
  return fc
    .array(arbitraryHostileText(), { minLength: calls.length, maxLength: calls.length })
    .map((texts) =>
      calls.map((call, index) => ({ role: "tool", content: texts[index]!, tool_call_id: call.id })),
    );
}

/** A canonical example that nothing is wrong with: texts are hostile, the rules are kept, the answers differ. */
export function arbitraryDpoExample(): fc.Arbitrary<DpoExample> {
  return arbitraryTools().chain((tools) =>
    fc
      .record({
        input: arbitraryInput(tools),
        preferred: arbitraryAssistantMessage(tools),
        nonPreferred: arbitraryAssistantMessage(tools),
      })
      .filter(({ preferred, nonPreferred }) => essence(preferred) !== essence(nonPreferred))
      .map(({ input, preferred, nonPreferred }) => ({
        input,
        preferred_output: [preferred],
        non_preferred_output: [nonPreferred],
      })),
  );
}

function arbitraryInput(tools: readonly FunctionTool[]): fc.Arbitrary<DpoInput> {
  return fc
    .tuple(arbitraryMessages(tools), fc.boolean())
    .map(([messages, parallel]) => ({ messages, tools: [...tools], parallel_tool_calls: parallel }));
}

/** What two answers are compared by: the text without the white space around it, and the calls. */
function essence(answer: AssistantMessage): string {
  const text = String(answer.content ?? "").replace(/^[\s\u0085]+|[\s\u0085]+$/gu, "");
  return JSON.stringify([text, answer.tool_calls?.map((call) => call.function)]);
}
