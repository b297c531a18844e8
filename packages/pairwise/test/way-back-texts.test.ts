import type { DpoExample, JsonObject, Message } from "@dpo-kit/schema";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { endsOf, examplesOf } from "./convert-rows.ts";

/** An example of texts only, which every target can hold: turns of user and assistant, the last of them the user's. */
interface Texts {
  system: string | undefined;
  /** Odd in number. */
  turns: string[];
  better: string;
  worse: string;
}

const words = fc.string({ minLength: 1, maxLength: 12, unit: fc.constantFrom(..."abc xyzéß中\n") });
const said = words.map((text) => `«${text}»`);

const texts: fc.Arbitrary<Texts> = fc
  .record({
    system: fc.option(said, { nil: undefined }),
    turns: fc.array(said, { minLength: 1, maxLength: 5 }).filter(({ length }) => length % 2 === 1),
    better: said,
    worse: said,
  })
  .filter(({ better, worse }) => better !== worse);

function turnsOf<T>({ turns }: Texts, user: (text: string) => T, assistant: (text: string) => T): T[] {
  return turns.map((text, index) => (index % 2 === 0 ? user(text) : assistant(text)));
}

function messagesOf({ system, ...rest }: Texts): Message[] {
  const before: Message[] = system === undefined ? [] : [{ role: "system", content: system }];
  const turns = turnsOf<Message>(
    { system, ...rest },
    (content) => ({ role: "user", content }),
    (content) => ({ role: "assistant", content }),
  );
  return [...before, ...turns];
}

const part = (text: string): JsonObject => ({ text });
const gemini = (role: string, text: string): JsonObject => ({ role, parts: [part(text)] });
const nova = (role: string, text: string): JsonObject => ({ role, content: [part(text)] });
const shareGpt = (from: string, value: string): JsonObject => ({ from, value });

/** Lines and rows of texts, by what takes them. */
const textLines: Record<string, (texts: Texts) => JsonObject> = {
  "Vertex AI": (example) => ({
    ...(example.system === undefined ? {} : { system_instruction: { parts: [part(example.system)] } }),
    contents: turnsOf(
      example,
      (text) => gemini("user", text),
      (text) => gemini("model", text),
    ),
    completions: [
      { score: 0, completion: gemini("model", example.worse) },
      { score: 1, completion: gemini("model", example.better) },
    ],
  }),
  "Amazon Nova": (example) => ({
    ...(example.system === undefined ? {} : { system: [part(example.system)] }),
    messages: [
      ...turnsOf(
        example,
        (text) => nova("user", text),
        (text) => nova("assistant", text),
      ),
      {
        role: "assistant",
        candidates: [
          { content: [part(example.better)], preferenceLabel: "preferred" },
          { content: [part(example.worse)], preferenceLabel: "non-preferred" },
        ],
      },
    ],
  }),
  "LLaMA-Factory, sharegpt": (example) => ({
    conversations: turnsOf(
      example,
      (text) => shareGpt("human", text),
      (text) => shareGpt("gpt", text),
    ),
    system: example.system ?? "",
    chosen: shareGpt("gpt", example.better),
    rejected: shareGpt("gpt", example.worse),
  }),
  "LLaMA-Factory, openai": (example) => ({
    messages: messagesOf(example) as unknown as JsonObject[],
    chosen: { role: "assistant", content: example.better },
    rejected: { role: "assistant", content: example.worse },
  }),
  "ms-swift and Simplismart, rejected_response as a text": (example) => ({
    messages: [
      ...messagesOf(example),
      { role: "assistant", content: example.better },
    ] as unknown as JsonObject[],
    rejected_response: example.worse,
  }),
  "ms-swift, rejected_response as messages": (example) => ({
    messages: [
      ...messagesOf(example),
      { role: "assistant", content: example.better },
    ] as unknown as JsonObject[],
    rejected_response: [{ role: "assistant", content: example.worse }],
  }),
  "Together, with a weight": (example) => ({
    input: { messages: messagesOf(example) as unknown as JsonObject[] },
    preferred_output: [{ role: "assistant", content: example.better }],
    non_preferred_output: [{ role: "assistant", content: example.worse }],
    weight: 0.5,
  }),
  "the names of OpenAI's specification before May 2025": (example) => ({
    input: { messages: messagesOf(example) as unknown as JsonObject[] },
    preferred_completion: [{ role: "assistant", content: example.better }],
    non_preferred_completion: [{ role: "assistant", content: example.worse }],
  }),
  "NeMo RL, binary": (example) => ({
    prompt: messagesOf(example) as unknown as JsonObject[],
    chosen: example.better,
    rejected: example.worse,
  }),
};

/** What holds one question only. */
const singleTurnLines: Record<string, (texts: Texts) => JsonObject> = {
  "LLaMA-Factory, alpaca": ({ system, turns, better, worse }) => ({
    instruction: turns[0]!,
    input: "",
    system: system ?? "",
    history: [],
    chosen: better,
    rejected: worse,
  }),
  "TRL, standard": ({ turns, better, worse }) => ({ prompt: turns[0]!, chosen: better, rejected: worse }),
};

function kept({ input: { messages, tools = [] }, ...outputs }: DpoExample): unknown {
  return JSON.parse(JSON.stringify({ messages, tools, ...outputs }));
}

function expectedOf(example: Texts): unknown {
  return {
    messages: messagesOf(example),
    tools: [],
    preferred_output: [{ role: "assistant", content: example.better }],
    non_preferred_output: [{ role: "assistant", content: example.worse }],
  };
}

describe("the way back of texts", () => {
  test.each(Object.entries(textLines))("%s", async (_, line) => {
    await fc.assert(
      fc.asyncProperty(texts, async (example) => {
        const [back] = await examplesOf([line(example)]);
        expect(kept(back!)).toEqual(expectedOf(example));
      }),
    );
  });

  test.each(Object.entries(singleTurnLines))("%s", async (name, line) => {
    await fc.assert(
      fc.asyncProperty(texts, async ({ turns, system, ...rest }) => {
        const isPlain = name === "TRL, standard";
        const example = { ...rest, turns: turns.slice(0, 1), system: isPlain ? undefined : system };
        const [back] = await examplesOf([line(example)]);
        expect(kept(back!)).toEqual(expectedOf(example));
      }),
    );
  });

  test("LLaMA-Factory's alpaca with an input and a history", async () => {
    const row = {
      instruction: "Translate.",
      input: "Hallo",
      history: [["Hi", "Hello"]],
      chosen: "Hello",
      rejected: "Bye",
    };
    const [back] = await examplesOf([row]);
    expect(back!.input.messages.map(({ content }) => content)).toEqual(["Hi", "Hello", "Translate.\nHallo"]);
  });

  test("TRL's standard rows with the prompt in front of both are asked about: nothing says where it ends", async () => {
    const row = { chosen: "The sky is blue.", rejected: "The sky is green." };
    await expect(endsOf([row])).rejects.toMatchObject({ code: "PAIRWISE_PROMPT_UNKNOWN" });
    const [back] = await examplesOf([row], { promptDelimiter: "is " });
    expect(kept(back!)).toMatchObject({
      messages: [{ role: "user", content: "The sky is " }],
      preferred_output: [{ content: "blue." }],
    });
  });

  test("TRL's unpaired rows are a pair again where one prompt has both", async () => {
    await fc.assert(
      fc.asyncProperty(texts, async (example) => {
        const prompt = messagesOf(example);
        const judged = [
          { prompt, completion: [{ role: "assistant", content: example.better }], label: true },
          { prompt, completion: [{ role: "assistant", content: example.worse }], label: false },
        ];
        const [back] = await examplesOf(judged);
        expect(kept(back!)).toEqual(expectedOf(example));
      }),
    );
  });
});
