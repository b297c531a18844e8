import type { AssistantMessage, DpoExample, JsonObject, Message } from "@dpo-kit/schema";
import { arbitraryDpoExample } from "@dpo-kit/testkit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { endsOf, examplesOf } from "./convert-rows.ts";

/** The parts of an example, as the libraries' lines are made of them. */
interface Parts {
  messages: Message[];
  tools: JsonObject;
  better: AssistantMessage;
  worse: AssistantMessage;
}

function partsOf({ input, preferred_output, non_preferred_output }: DpoExample): Parts {
  return {
    messages: input.messages,
    tools: input.tools === undefined ? {} : { tools: input.tools as unknown as JsonObject[] },
    better: preferred_output[0]!,
    worse: non_preferred_output[0]!,
  };
}

/** Lines that hold all of an example, by what writes them. */
const lines: Record<string, (parts: Parts) => unknown> = {
  "TRL, explicit": ({ messages, tools, better, worse }) => ({
    prompt: messages,
    chosen: [better],
    rejected: [worse],
    ...tools,
  }),
  "TRL, implicit; torchtune; SageMaker": ({ messages, tools, better, worse }) => ({
    chosen: [...messages, better],
    rejected: [...messages, worse],
    ...tools,
  }),
  "NeMo RL": ({ messages, tools, better, worse }) => ({
    context: messages,
    completions: [
      { rank: 1, completion: [worse] },
      { rank: 0, completion: [better] },
    ],
    ...tools,
  }),
  "ms-swift": ({ messages, tools, better, worse }) => ({
    messages: [...messages, better],
    rejected_messages: [...messages, worse],
    ...tools,
  }),
  OpenPipe: ({ messages, tools, better, worse }) => ({
    messages: [...messages, better],
    rejected_message: worse,
    ...tools,
  }),
  "chat_template.default of Axolotl": ({ messages, tools, better, worse }) => ({
    messages,
    chosen: better,
    rejected: worse,
    ...tools,
  }),
};

/** What every line keeps: `parallel_tool_calls` is only in the canonical one, and no tools are the same as none. */
function kept({ input, ...outputs }: DpoExample): unknown {
  const { messages, tools = [] } = input;
  return JSON.parse(JSON.stringify({ messages, tools, ...outputs }));
}

const examples = arbitraryDpoExample();

describe("the way back", () => {
  test("canonical lines come back as they are", async () => {
    await fc.assert(
      fc.asyncProperty(examples, async (example) => {
        const [back] = await examplesOf([example]);
        expect(kept(back!)).toEqual(kept(example));
        expect(back!.input.parallel_tool_calls).toBe(example.input.parallel_tool_calls);
      }),
    );
  });

  test.each(Object.entries(lines))(
    "lines for %s come back as the example they were made of",
    async (_, line) => {
      await fc.assert(
        fc.asyncProperty(examples, async (example) => {
          const [back] = await examplesOf([line(partsOf(example))]);
          expect(kept(back!)).toEqual(kept(example));
        }),
      );
    },
  );
});

describe("scores beside a pair", () => {
  test("a given pair comes back though its scores say otherwise", async () => {
    const row = { prompt: "Hi", chosen: "a", rejected: "b", score_chosen: 1, score_rejected: 9 };
    expect(await endsOf([row])).toEqual(["pairs"]);
    const policy = { minMargin: { kind: "absolute", value: 0 } } as const;
    expect(await endsOf([row], { policy })).toEqual(["margin"]);
  });
});
