import { carryJson, type JsonValue } from "@dpo-kit/schema";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { looksLikeMessages } from "./looks-like-messages.ts";
import { type NormaliseMessagesOptions, normaliseMessages } from "./normalise-messages.ts";
import { roleNames, roleOf } from "./role-names.ts";

const at = { source: "-", line: 3 };

function normalised(value: unknown, options: Partial<NormaliseMessagesOptions> = {}) {
  const { messages, transforms, issues } = normaliseMessages(carryJson(JSON.stringify(value)), {
    at,
    ...options,
  });
  return { messages, transforms, problems: issues.map(({ code, location }) => `${code} ${location.path}`) };
}

const user = { role: "user", content: "Hi" };
const call = { id: "call_9", type: "function", function: { name: "look", arguments: "{}" } };
const calling = { role: "assistant", tool_calls: [call] };

describe("messages in canonical form", () => {
  it.each<[string, object[]]>([
    ["text", [{ role: "system", content: "" }, user, { role: "assistant", content: " a\n" }]],
    [
      "names",
      [
        { ...user, name: "Ann" },
        { role: "system", content: "s", name: "x" },
      ],
    ],
    ["weights", [user, { role: "assistant", content: "a", weight: 0 }, user]],
    [
      "parts",
      [
        {
          role: "user",
          content: [
            { type: "text", text: "a" },
            { type: "text", text: "" },
          ],
        },
      ],
    ],
    [
      "refusals",
      [
        { role: "assistant", refusal: "no" },
        { role: "assistant", content: [{ type: "refusal", refusal: "no" }] },
      ],
    ],
    ["tool calls", [user, calling, { role: "tool", content: "r", tool_call_id: "call_9" }]],
    ["tool calls beside null", [user, { role: "assistant", content: null, tool_calls: [call] }]],
    [
      "the deprecated calls",
      [
        { role: "assistant", function_call: { name: "f", arguments: "{}" } },
        { role: "function", content: "r", name: "f" },
      ],
    ],
  ])("stay as they are: %s", (_, messages) => {
    expect(normalised(messages)).toEqual({ messages, transforms: [], problems: [] });
  });

  it("one message by itself is a list of one", () => {
    expect(normalised(user)).toEqual({ messages: [user], transforms: [], problems: [] });
  });
});

describe("messages of another spelling", () => {
  it.each<[string, object[], object[], string[]]>([
    [
      "ShareGPT",
      [
        { from: "human", value: "q" },
        { from: "gpt", value: "a" },
      ],
      [
        { role: "user", content: "q" },
        { role: "assistant", content: "a" },
      ],
      ["role-renamed", "role-renamed"],
    ],
    ["role and text", [{ role: "prompter", text: "q" }], [{ role: "user", content: "q" }], ["role-renamed"]],
    ["another case", [{ role: "USER", content: "q" }], [{ role: "user", content: "q" }], ["role-renamed"]],
    [
      "the developer",
      [{ role: "developer", content: "s" }],
      [{ role: "system", content: "s" }],
      ["role-renamed"],
    ],
    ["content twice, the same", [{ ...user, text: "Hi" }], [user], ["message-fields-removed"]],
    [
      "parts of other names",
      [
        {
          role: "user",
          content: [{ type: "text", value: "a" }, { type: "input_text", text: "b" }, { text: "c" }, "d"],
        },
      ],
      [{ role: "user", content: ["a", "b", "c", "d"].map((text) => ({ type: "text", text })) }],
      Array.from({ length: 4 }, () => "content-parts-renamed"),
    ],
    [
      "padding with null",
      [{ ...user, name: null, tool_calls: null, weight: null, image: null }],
      [user],
      Array.from({ length: 4 }, () => "null-fields-removed"),
    ],
    [
      "padding of parts",
      [{ role: "user", content: [{ type: "text", text: "a", image: null, cache_control: { type: "x" } }] }],
      [{ role: "user", content: [{ type: "text", text: "a" }] }],
      ["null-fields-removed", "message-fields-removed"],
    ],
    [
      "fields that no provider takes",
      [{ role: "assistant", content: "a", loss: true, weight: 0.5, tool_calls: [], __proto__x: 1 }],
      [{ role: "assistant", content: "a" }],
      Array.from({ length: 4 }, () => "message-fields-removed"),
    ],
    ["a weight of the user", [{ ...user, weight: 1 }], [user], ["message-fields-removed"]],
    [
      "scalars",
      [
        { role: "user", content: true },
        { role: "user", content: 7 },
      ],
      [
        { role: "user", content: "true" },
        { role: "user", content: "7" },
      ],
      ["scalar-to-text", "scalar-to-text"],
    ],
  ])("%s", (_, value, messages, transforms) => {
    expect(normalised(value)).toEqual({ messages, transforms, problems: [] });
  });

  it("a number keeps the digits it was written with", () => {
    const { messages } = normaliseMessages(carryJson('[{"role":"user","content":1.10}]'), { at });
    expect(messages).toEqual([{ role: "user", content: "1.10" }]);
  });

  it("hostile names are ordinary fields", () => {
    const value = carryJson('{"role":"user","content":"q","__proto__":{"name":"x"},"constructor":1}');
    const { messages, transforms } = normaliseMessages(value, { at });
    expect(messages).toEqual([{ role: "user", content: "q" }]);
    expect(transforms).toEqual(["message-fields-removed", "message-fields-removed"]);
  });
});

describe("tool calls", () => {
  function made(args: string, id = "call_1", name = "look") {
    return { role: "assistant", tool_calls: [{ id, type: "function", function: { name, arguments: args } }] };
  }

  it.each<[string, string, object[], string[]]>([
    [
      "arguments as an object keep their number tokens and their order",
      '[{"role":"assistant","tool_calls":[{"id":"call_1","type":"function","function":{"name":"look","arguments":{"b": 1.0, "2": 1e5, "1": 12345678901234567890}}}]}]',
      [made('{"b":1.0,"2":1e5,"1":12345678901234567890}')],
      ["arguments-to-string"],
    ],
    [
      "arguments that are text stay verbatim",
      '[{"role":"assistant","tool_calls":[{"id":"call_1","type":"function","function":{"name":"look","arguments":" {\\"a\\": 1 "}}]}]',
      [made(' {"a": 1 ')],
      [],
    ],
    [
      "no arguments are an empty object",
      '[{"role":"assistant","tool_calls":[{"id":"call_1","type":"function","function":{"name":"look","arguments":null}}]}]',
      [made("{}")],
      ["arguments-to-string"],
    ],
    [
      "bare calls, without ids",
      '[{"role":"assistant","tool_calls":[{"name":"look","arguments":"{}"}]}]',
      [made("{}")],
      ["tool-call-id-invented", "tool-call-wrapped"],
    ],
    [
      "arguments by another name",
      '[{"role":"assistant","tool_calls":[{"type":"tool_call","id":"call_1","name":"look","args":{"a":1.0}}]}]',
      [made('{"a":1.0}')],
      ["arguments-to-string", "tool-call-wrapped"],
    ],
    [
      "calls as JSON text",
      '[{"role":"assistant","tool_calls":"[{\\"id\\":\\"call_1\\",\\"type\\":\\"function\\",\\"function\\":{\\"name\\":\\"look\\",\\"arguments\\":\\"{}\\"}}]"}]',
      [made("{}")],
      ["double-encoded-json"],
    ],
    [
      "more fields of a call",
      '[{"role":"assistant","tool_calls":[{"index":0,"id":"call_1","type":"function","function":{"name":"look","arguments":"{}","x":null}}]}]',
      [made("{}")],
      ["null-fields-removed", "message-fields-removed"],
    ],
    [
      "ShareGPT's call and observation turns",
      '[{"from":"function_call","value":"{\\"name\\": \\"look\\", \\"arguments\\": {\\"a\\": 1.0}}"},{"from":"observation","value":"seen"}]',
      [made('{"a":1.0}'), { role: "tool", content: "seen", tool_call_id: "call_1" }],
      [
        "function-call-to-tool-call",
        "arguments-to-string",
        "tool-call-id-invented",
        "tool-call-id-invented",
        "role-renamed",
      ],
    ],
  ])("%s", (_, text, messages, transforms) => {
    const found = normaliseMessages(carryJson(text), { at });
    expect(found.issues).toEqual([]);
    expect(found.messages).toEqual(messages);
    expect([...found.transforms].sort()).toEqual([...transforms].sort());
  });

  it("answers without an id belong to the open call of their function, else to the first", () => {
    const calls = ["one", "two", "three"].map((name) => ({ name, arguments: "{}" }));
    const { messages, problems } = normalised([
      { role: "assistant", tool_calls: calls },
      { role: "tool", name: "two", content: "2" },
      { role: "tool", content: "1" },
      { role: "function", name: "other", content: "3" },
    ]);
    expect(problems).toEqual([]);
    expect(messages.slice(1)).toEqual([
      { role: "tool", content: "2", tool_call_id: "call_2" },
      { role: "tool", content: "1", tool_call_id: "call_1" },
      { role: "tool", content: "3", tool_call_id: "call_3" },
    ]);
  });

  it("invents no id that stands in the data, and goes on where it is told", () => {
    const bare = { name: "look", arguments: "{}" };
    const value = [{ role: "assistant", tool_calls: [bare, { ...call, id: "call_4" }, bare] }];
    const found = normaliseMessages(value as JsonValue, { at, firstCall: 3 });
    const [message] = found.messages;
    expect(message).toMatchObject({ tool_calls: [{ id: "call_3" }, { id: "call_4" }, { id: "call_5" }] });
    expect(found.nextCall).toBe(6);
  });

  it("takes linear time for many calls and answers", () => {
    const count = 50_000;
    const calls = Array.from({ length: count }, () => ({ name: "look", arguments: "{}" }));
    const answers = Array.from({ length: count }, () => ({ role: "tool", content: "r" }));
    const { messages } = normalised([{ role: "assistant", tool_calls: calls }, ...answers]);
    expect(messages.at(-1)).toEqual({ role: "tool", content: "r", tool_call_id: `call_${count}` });
  });
});

describe("what cannot be read", () => {
  it.each<[string, unknown, string[]]>([
    ["no message", "Hi", ["PAIR_MESSAGE_INVALID messages"]],
    [
      "no object",
      [user, "Hi", null, []],
      [1, 2, 3].map((index) => `PAIR_MESSAGE_INVALID messages[${index}]`),
    ],
    ["no role", [{ content: "Hi" }], ["PAIR_MESSAGE_INVALID messages[0].role"]],
    ["a role that is no text", [{ role: 1, content: "Hi" }], ["PAIR_MESSAGE_INVALID messages[0].role"]],
    ["an unknown role", [{ role: "judge", content: "Hi" }], ["PAIR_ROLE_UNKNOWN messages[0].role"]],
    ["an unknown role of ShareGPT", [{ from: "judge", value: "Hi" }], ["PAIR_ROLE_UNKNOWN messages[0].from"]],
    [
      "a role named like a property",
      [{ role: "constructor", content: "Hi" }],
      ["PAIR_ROLE_UNKNOWN messages[0].role"],
    ],
    ["two contents", [{ ...user, text: "Ho" }], ["PAIR_MESSAGE_INVALID messages[0].text"]],
    [
      "content that is an object",
      [{ role: "user", content: {} }],
      ["PAIR_MESSAGE_INVALID messages[0].content"],
    ],
    ["no content", [{ role: "user", content: null }], ["PAIR_MESSAGE_INVALID messages[0].content"]],
    [
      "an assistant who says nothing",
      [{ role: "assistant", content: null }],
      ["PAIR_MESSAGE_INVALID messages[0].content"],
    ],
    ["no parts", [{ role: "user", content: [] }], ["PAIR_MESSAGE_INVALID messages[0].content"]],
    [
      "a refusal by the user",
      [{ role: "user", content: [{ type: "refusal", refusal: "no" }] }],
      ["PAIR_MESSAGE_INVALID messages[0].content"],
    ],
    [
      "an image",
      [
        {
          role: "user",
          content: [
            { type: "text", text: "?" },
            { type: "image_url", image_url: { url: "data:" } },
          ],
        },
      ],
      ["PAIR_CONTENT_NOT_TEXT messages[0].content[1]"],
    ],
    [
      "a text part without text",
      [{ role: "user", content: [{ type: "text" }, 1] }],
      [0, 1].map((index) => `PAIR_MESSAGE_INVALID messages[0].content[${index}]`),
    ],
    ["an answer to no call", [{ role: "tool", content: "r" }], ["PAIR_MESSAGE_INVALID messages[0]"]],
    [
      "a call turn that is no JSON",
      [{ from: "function_call", value: "look()" }],
      ["PAIR_MESSAGE_INVALID messages[0]"],
    ],
    [
      "calls that are no list",
      [{ role: "assistant", tool_calls: { a: 1 } }],
      ["PAIR_MESSAGE_INVALID messages[0].tool_calls"],
    ],
    [
      "a call without a name",
      [{ role: "assistant", tool_calls: [{ id: "x" }] }],
      ["PAIR_MESSAGE_INVALID messages[0].tool_calls[0]"],
    ],
    [
      "a function call without a name",
      [{ role: "assistant", function_call: {} }],
      ["PAIR_MESSAGE_INVALID messages[0].function_call"],
    ],
    [
      "several problems",
      [{ role: "judge", content: "a" }, user, { role: "user" }],
      ["PAIR_ROLE_UNKNOWN messages[0].role", "PAIR_MESSAGE_INVALID messages[2].content"],
    ],
  ])("%s", (_, value, problems) => {
    expect(normalised(value).problems).toEqual(problems);
  });

  it("names the column or path of the input", () => {
    expect(normalised([{}], { path: "history" }).problems).toEqual(["PAIR_MESSAGE_INVALID history[0].role"]);
  });

  it("lists a hundred problems, not a million", () => {
    expect(normalised(Array.from({ length: 5000 }, () => 1)).problems).toHaveLength(100);
  });

  it("survives arguments nested deeper than the stack", () => {
    const depth = 20_000;
    const text = `[{"role":"assistant","tool_calls":[{"name":"f","arguments":${"[".repeat(depth)}${"]".repeat(depth)}}]}]`;
    expect(normaliseMessages(carryJson(text), { at }).issues).toEqual([]);
    expect(normaliseMessages(JSON.parse(text) as JsonValue, { at }).issues).toEqual([]);
  });
});

describe("as an answer", () => {
  it("may say nothing: the pair is rejected for it", () => {
    const silent = [{ role: "assistant", content: null }];
    expect(normalised(silent, { as: "answer" })).toEqual({ messages: silent, transforms: [], problems: [] });
  });

  it("loses its weight, which outputs must not have", () => {
    const { messages, transforms } = normalised({ from: "gpt", value: "a", weight: 1 }, { as: "answer" });
    expect(messages).toEqual([{ role: "assistant", content: "a" }]);
    expect(transforms).toEqual(["role-renamed", "message-fields-removed"]);
  });
});

it.each<[boolean, JsonValue]>([
  [true, [user]],
  [true, [{ from: "x", value: "y" }]],
  [true, [{ role: "x", text: "y" }]],
  [true, [{ role: "assistant", tool_calls: [] }]],
  [true, [{ role: "assistant", content: null }]],
  [false, []],
  [false, user],
  [false, [user, "x"]],
  [false, [{ role: "x" }]],
  [false, [{ role: 1, content: "x" }]],
  [false, [{ from: "x", content: "y" }]],
  [false, [null]],
  [false, "[]"],
  [false, null],
])("looksLikeMessages is %s of %j", (expected, value) => {
  expect(looksLikeMessages(value)).toBe(expected);
});

it("roles are known in any case, with spaces or hyphens for underscores", () => {
  for (const [name, role] of roleNames) {
    expect([name, name.toUpperCase(), ` ${name.replaceAll("_", "-")} `].map(roleOf)).toEqual([
      role,
      role,
      role,
    ]);
  }
  expect(roleOf("__proto__")).toBeUndefined();
});

it("canonical messages of any text stay as they are, and no value makes it throw", () => {
  const messages = fc.array(
    fc.record({
      role: fc.constantFrom("system", "user", "assistant"),
      content: fc.string({ unit: "binary" }),
    }),
  );
  fc.assert(
    fc.property(messages, (list) => {
      expect(normaliseMessages(list as JsonValue, { at })).toEqual({
        messages: list,
        transforms: [],
        issues: [],
        nextCall: 1,
      });
    }),
  );
  const turn = fc.dictionary(
    fc.constantFrom(
      "role",
      "from",
      "content",
      "value",
      "text",
      "tool_calls",
      "function_call",
      "name",
      "weight",
      "x",
    ),
    fc.oneof(
      fc.jsonValue(),
      fc.constantFrom("user", "assistant", "tool", "function_call", "function", '{"name":"f"}'),
    ),
  );
  fc.assert(
    fc.property(fc.array(turn), (list) => {
      const found = normaliseMessages(JSON.parse(JSON.stringify(list)) as JsonValue, { at });
      expect(found.messages.length + found.issues.length).toBeGreaterThanOrEqual(Math.min(list.length, 100));
    }),
    { numRuns: 500 },
  );
});
