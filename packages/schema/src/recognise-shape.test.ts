import { describe, expect, test } from "vitest";
import { type KnownShape, recogniseShape } from "./recognise-shape.ts";

const messages = [
  { role: "user", content: "Hi" },
  { role: "assistant", content: "Hello" },
];
const turns = [{ from: "human", value: "Hi" }];

const examples: Record<KnownShape, object[]> = {
  dpo: [{ input: { messages }, preferred_output: [], non_preferred_output: [] }],
  "old-names": [
    { input: { messages }, preferred_completion: [], non_preferred_completion: [] },
    { input: { messages }, preferred_completion: [] },
    { input: { messages }, chosen: [], rejected: [] },
  ],
  vertex: [{ contents: [], completions: [] }],
  nova: [{ messages: [messages[0], { role: "assistant", candidates: [] }] }],
  "ms-swift": [
    { messages, rejected_response: "What" },
    { messages, rejected_messages: messages },
  ],
  openpipe: [{ messages, rejected_message: messages[1] }],
  "nemo-rl": [{ context: [], completions: [] }],
  axolotl: [{ messages, chosen: messages[1], rejected: messages[1] }],
  "llama-factory": [
    { conversations: turns, chosen: turns[0], rejected: turns[0] },
    { instruction: "Hi", input: "", chosen: "a", rejected: "b" },
  ],
  "trl-explicit": [{ prompt: "Hi", chosen: "a", rejected: "b" }],
  "trl-implicit": [{ chosen: messages, rejected: messages }],
  kto: [{ prompt: "Hi", completion: "a", label: true }],
  sharegpt: [{ conversations: turns }],
  "prompt-completion": [
    { prompt: "Hi", completion: "a" },
    { instruction: "Hi", input: "", output: "a" },
  ],
  sft: [{ messages }, { messages, tools: [] }],
};

describe("recogniseShape", () => {
  test.each(Object.entries(examples))("knows %s, whatever stands beside its keys", (shape, lines) => {
    for (const line of lines) {
      expect(recogniseShape(line)?.shape).toBe(shape);
      expect(recogniseShape({ id: 1, ...line, extra: null })?.shape).toBe(shape);
    }
  });

  test("says what to do: preferences, and only these, get the command that converts them", () => {
    const supervised = ["sft", "sharegpt", "prompt-completion"];
    for (const [shape, [line]] of Object.entries(examples)) {
      const known = recogniseShape(line)!;
      expect(known.advice).not.toBe("");
      expect(known.code === "LINE_SHAPE_SFT").toBe(supervised.includes(shape));
      const converts = !["dpo", "old-names", "kto", ...supervised].includes(shape);
      expect(known.advice.includes("dpo convert FILE -o train.jsonl")).toBe(converts);
    }
  });

  test("says nothing of what it does not know", () => {
    for (const value of [null, 5, "text", [], {}, { prompt: "Hi" }, { chosen: "a" }, { messages: "Hi" }]) {
      expect(recogniseShape(value)).toBeUndefined();
    }
  });

  test("inherited names are no keys", () => {
    expect(recogniseShape(JSON.parse('{"__proto__":{"messages":[]}}'))).toBeUndefined();
  });
});
