import fc from "fast-check";
import type {
  AssistantMessage,
  DpoExample,
  FunctionTool,
  JsonValue,
  Message,
  TextPart,
  ToolCall,
} from "../src/index.ts";

const optional = { requiredKeys: [] as never[] };
const functionName = fc.stringMatching(/^[A-Za-z0-9_-]{1,8}$/u);
const text = fc.string({ unit: "grapheme", minLength: 1, maxLength: 12 }).map((inner) => `t${inner}`);
const textParts: fc.Arbitrary<TextPart[]> = fc.array(
  fc.record({ type: fc.constant("text" as const), text }),
  { minLength: 1, maxLength: 2 },
);
const content = fc.oneof({ weight: 4, arbitrary: text }, { weight: 1, arbitrary: textParts });

const toolCall: fc.Arbitrary<ToolCall> = fc.record({
  id: fc.constantFrom("call_1", "call_2"),
  type: fc.constant("function" as const),
  function: fc.record({
    name: functionName,
    arguments: fc.jsonValue({ maxDepth: 1 }).map((value) => JSON.stringify(value)),
  }),
});

const answer: fc.Arbitrary<AssistantMessage> = fc.oneof(
  fc.record({ role: fc.constant("assistant" as const), content }),
  fc.record({
    role: fc.constant("assistant" as const),
    content: fc.constantFrom(null, ""),
    tool_calls: fc.array(toolCall, { minLength: 1, maxLength: 2 }),
  }),
  fc.record({
    role: fc.constant("assistant" as const),
    content: text.map((refusal) => [{ type: "refusal" as const, refusal }]),
  }),
  fc.record({ role: fc.constant("assistant" as const), refusal: text, name: text }),
);

const message: fc.Arbitrary<Message> = fc.oneof(
  fc.record({ role: fc.constant("system" as const), content }),
  fc.record({ role: fc.constant("user" as const), content, name: text }),
  answer,
  fc.record({ role: fc.constant("assistant" as const), content, weight: fc.constantFrom(0, 1) }),
  fc.record({
    role: fc.constant("tool" as const),
    content,
    tool_call_id: fc.constantFrom("call_1", "call_2"),
  }),
  fc.record({
    role: fc.constant("function" as const),
    content: fc.option(text),
    name: functionName,
  }),
) as fc.Arbitrary<Message>;

const tool: fc.Arbitrary<FunctionTool> = fc.record({
  type: fc.constant("function" as const),
  function: fc.record(
    {
      name: functionName,
      description: text,
      parameters: fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 })),
      strict: fc.constantFrom(true, false, null),
    },
    { requiredKeys: ["name"] },
  ),
}) as fc.Arbitrary<FunctionTool>;

/** Examples of the canonical shape, of every kind of message, with and without tools. */
export const arbitraryExample: fc.Arbitrary<DpoExample> = fc.record({
  input: fc
    .record(
      {
        tools: fc.array(tool, { maxLength: 2 }),
        parallel_tool_calls: fc.boolean(),
      },
      optional,
    )
    .chain((rest) =>
      fc
        .array(message, { minLength: 0, maxLength: 4 })
        .chain((before) =>
          content.map((last) => ({ messages: [...before, { role: "user", content: last }], ...rest })),
        ),
    ),
  preferred_output: answer.map((one) => [one]),
  non_preferred_output: answer.map((one) => [one]),
}) as fc.Arbitrary<DpoExample>;

/** What hostile and careless files put where something else belongs. */
const intruder: fc.Arbitrary<JsonValue> = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<JsonValue>,
  fc.constantFrom<JsonValue>(
    "assistant",
    "tool",
    "user",
    "developer",
    "text",
    "function",
    "",
    0,
    1,
    null,
    [],
    {},
  ),
  message as unknown as fc.Arbitrary<JsonValue>,
  answer.map((one) => [one, one]) as unknown as fc.Arbitrary<JsonValue>,
);

const keys = [
  "input",
  "messages",
  "role",
  "content",
  "weight",
  "tools",
  "tool_calls",
  "function",
  "name",
  "type",
  "text",
  "preferred_completion",
  "chosen",
  "rejected",
  "id",
  "__proto__",
  "constructor",
];

interface Edit {
  kind: "replace" | "remove" | "add" | "duplicate";
  at: number;
  key: string;
  value: JsonValue;
}

const edit: fc.Arbitrary<Edit> = fc.record({
  kind: fc.constantFrom("replace", "remove", "add", "duplicate"),
  at: fc.nat(60),
  key: fc.constantFrom(...keys),
  value: intruder,
});

/** Examples with up to three places replaced, removed, added or doubled. Some are still valid. */
export const arbitraryMutant: fc.Arbitrary<unknown> = fc
  .tuple(arbitraryExample, fc.array(edit, { minLength: 1, maxLength: 3 }))
  .map(([example, edits]) => edits.reduce<unknown>(applyEdit, example));

function applyEdit(value: unknown, { kind, at, key, value: intruding }: Edit): unknown {
  const places = placesOf(value);
  const place = places[at % places.length]!;
  return rebuild(value, place, (old) => {
    if (kind === "add" && typeof old === "object" && old !== null) {
      return { value: Array.isArray(old) ? [...old, intruding] : withMember(old, key, intruding) };
    }
    if (kind === "duplicate" && Array.isArray(old)) {
      return { value: [...old, ...old] };
    }
    return kind === "remove" && place.length > 0 ? undefined : { value: intruding };
  });
}

function withMember(object: object, key: string, value: unknown): object {
  return Object.fromEntries([...Object.entries(object), [key, value]]);
}

function placesOf(value: unknown, path: string[] = []): string[][] {
  const inner =
    typeof value === "object" && value !== null
      ? Object.entries(value).flatMap(([key, item]) => placesOf(item, [...path, key]))
      : [];
  return [path, ...inner];
}

function rebuild(
  value: unknown,
  [key, ...rest]: string[],
  change: (old: unknown) => { value: unknown } | undefined,
): unknown {
  if (key === undefined) {
    return change(value)?.value;
  }
  const members = Object.entries(value as object).flatMap(([name, item]): [string, unknown][] => {
    if (name !== key) {
      return [[name, item]];
    }
    const changed = rest.length === 0 ? change(item) : { value: rebuild(item, rest, change) };
    return changed === undefined ? [] : [[name, changed.value]];
  });
  return Array.isArray(value) ? members.map(([, item]) => item) : Object.fromEntries(members);
}
