import type { DpoExample } from "@dpo-kit/schema";
import { describe, expect, it } from "vitest";
import { createTokenCounter } from "./token-counter.ts";

const counter = await createTokenCounter({ model: "gpt-4o-mini-2024-07-18" });

describe("createTokenCounter", () => {
  it("takes an encoding or a model", async () => {
    expect(counter.encoding).toBe("o200k_base");
    const older = await createTokenCounter({ encoding: "cl100k_base" });
    expect(older.encoding).toBe("cl100k_base");
    // The figures of OpenAI's cookbook, "How to count tokens with tiktoken".
    expect(older.countTokens("antidisestablishmentarianism")).toBe(6);
    expect(counter.countTokens("antidisestablishmentarianism")).toBe(6);
    expect(older.countTokens("お誕生日おめでとう")).toBe(9);
    expect(counter.countTokens("お誕生日おめでとう")).toBe(8);
  });

  it.each([{ model: "llama-3.1-8b" }, { encoding: "o300k" as "o200k_base" }, { model: "" }])(
    "knows no encoding for %j",
    async (choice) => {
      await expect(createTokenCounter(choice)).rejects.toMatchObject({ code: "TOKENS_ENCODING_UNKNOWN" });
    },
  );

  it("counts special tokens as ordinary text", () => {
    expect(counter.countTokens("<|endoftext|>")).toBe(7);
  });

  it("counts a word of five million letters", () => {
    expect(counter.countTokens("a".repeat(5_000_000))).toBe(625_000);
  });

  it("says so where the engine gives up on a run of letters", () => {
    const run = "漢".repeat(20_000_000);
    expect(() => counter.countTokens(run)).toThrow(expect.objectContaining({ code: "TOKENS_RUN_TOO_LONG" }));
    expect(counter.countTokens("and goes on")).toBe(3);
  });
});

/** The messages of the cookbook "How to count tokens with tiktoken" (openai/openai-cookbook), as it counts them. */
const messages: DpoExample["input"]["messages"] = [
  {
    role: "system",
    content:
      "You are a helpful, pattern-following assistant that translates corporate jargon into plain English.",
  },
  ...[
    ["example_user", "New synergies will help drive top-line growth."],
    ["example_assistant", "Things working well together will increase revenue."],
    [
      "example_user",
      "Let's circle back when we have more bandwidth to touch base on opportunities for increased leverage.",
    ],
    ["example_assistant", "Let's talk later when we're less busy about how to do better."],
  ].map(([name, content]) => ({ role: "system" as const, name: name!, content: content! })),
  {
    role: "user",
    content: "This late pivot means we don't have time to boil the ocean for the client deliverable.",
  },
];

describe("countExample", () => {
  const example: DpoExample = {
    input: { messages },
    preferred_output: [{ role: "assistant", content: "antidisestablishmentarianism" }],
    non_preferred_output: [{ role: "assistant", content: [{ type: "text", text: "Oslo" }] }],
  };

  it("counts as the API does: the figure of OpenAI's cookbook", () => {
    expect(counter.countExample(example)).toMatchObject({ prompt: 124, documented: true });
  });

  it("counts the older encoding's 129", async () => {
    const older = await createTokenCounter({ model: "gpt-4-0613" });
    expect(older.countExample(example).prompt).toBe(129);
  });

  it("puts three tokens and the role around each answer", () => {
    const { preferred, nonPreferred } = counter.countExample(example);
    expect(preferred).toBe(3 + 1 + 6);
    expect(nonPreferred).toBe(3 + 1 + counter.countTokens("Oslo"));
  });

  it("tells where the format is not documented, and counts the texts", () => {
    const call = {
      id: "c1",
      type: "function" as const,
      function: { name: "now", arguments: '{"city":"Oslo"}' },
    };
    const withCall: DpoExample = {
      ...example,
      preferred_output: [{ role: "assistant", content: null, refusal: "No", tool_calls: [call] }],
    };
    const { preferred, documented } = counter.countExample(withCall);
    const texts = ["No", "now", '{"city":"Oslo"}'].map(counter.countTokens);
    expect(preferred).toBe(4 + texts.reduce((total, count) => total + count, 0));
    expect(documented).toBe(false);
    const tools = [{ type: "function" as const, function: { name: "now" } }];
    const withTools = { ...example, input: { messages, tools } };
    const toolTokens = counter.countTokens(JSON.stringify(tools));
    expect(counter.countExample(withTools)).toMatchObject({ prompt: 124 + toolTokens, documented: false });
  });
});
