import type { JsonObject } from "@dpo-kit/schema";
import { describe, expect, test } from "vitest";
import { detectPairwise } from "../src/index.ts";
import { assistant, convertRows, endsOf, examplesOf, user } from "./convert-rows.ts";

describe("the matrix of dataset types that TRL documents (trl-internal-testing/zen)", () => {
  const said = [user("What colour is the sky?"), assistant("It is blue.")];
  const types: Record<string, { row: JsonObject; shape: string; ends: string[] | string }> = {
    "standard preference": {
      row: { prompt: "The sky is", chosen: " blue.", rejected: " green." },
      shape: "prompt-and-answers",
      ends: ["pairs"],
    },
    "standard preference with implicit prompt": {
      row: { chosen: "The sky is blue.", rejected: "The sky is green." },
      shape: "texts-without-prompt",
      ends: "PAIRWISE_PROMPT_UNKNOWN",
    },
    "standard unpaired preference": {
      row: { prompt: "The sky is", completion: " blue.", label: true },
      shape: "unpaired",
      ends: ["unpaired"],
    },
    "standard language modelling": {
      row: { text: "The sky is blue." },
      shape: "no-preferences",
      ends: "RUN_NO_PREFERENCES",
    },
    "standard prompt only": {
      row: { prompt: "The sky is" },
      shape: "no-preferences",
      ends: "RUN_NO_PREFERENCES",
    },
    "standard prompt and completion": {
      row: { prompt: "The sky is", completion: " blue." },
      shape: "no-preferences",
      ends: "RUN_NO_PREFERENCES",
    },
    "standard stepwise supervision": {
      row: {
        prompt: "Blue light",
        completions: [" scatters more,", " so it is green."],
        labels: [true, false],
      },
      shape: "no-preferences",
      ends: "RUN_NO_PREFERENCES",
    },
    "conversational preference": {
      row: { prompt: [said[0]!], chosen: [said[1]!], rejected: [assistant("It is green.")] },
      shape: "prompt-and-answers",
      ends: ["pairs"],
    },
    "conversational preference with implicit prompt": {
      row: { chosen: said, rejected: [said[0]!, assistant("It is green.")] },
      shape: "conversations",
      ends: ["pairs"],
    },
    "conversational unpaired preference": {
      row: { prompt: [said[0]!], completion: [said[1]!], label: false },
      shape: "unpaired",
      ends: ["unpaired"],
    },
    "conversational language modelling": {
      row: { messages: said },
      shape: "no-preferences",
      ends: "RUN_NO_PREFERENCES",
    },
    "conversational prompt only": {
      row: { prompt: [said[0]!] },
      shape: "no-preferences",
      ends: "RUN_NO_PREFERENCES",
    },
    "conversational prompt and completion": {
      row: { prompt: [said[0]!], completion: [said[1]!] },
      shape: "no-preferences",
      ends: "RUN_NO_PREFERENCES",
    },
  };

  test.each(Object.entries(types))("%s", async (_, { row, shape, ends }) => {
    expect(detectPairwise([row]).chosen?.id).toBe(shape);
    const end = await endsOf([row]).catch((error: { code: string }) => error.code);
    expect(end).toEqual(ends);
  });
});

describe("prompts", () => {
  test("a system text that is the first message too is not said twice", async () => {
    const messages = [{ role: "system", content: "Be brief." }, user("Hi")];
    const row = { system: "Be brief.", messages, chosen: "a", rejected: "b" };
    expect((await examplesOf([row]))[0]!.input.messages).toEqual(messages);
  });

  test("that end with the assistant, or hold only an instruction, are told of", async () => {
    const good = { prompt: [user("Hi")], chosen: "a", rejected: "b" };
    const prefilled = { ...good, prompt: [user("Hi"), assistant("Well,")] };
    const instructed = { ...good, prompt: [{ role: "system", content: "Be brief." }] };
    expect(await endsOf([good, prefilled, instructed])).toEqual([
      "pairs",
      "PAIR_PROMPT_ENDS_WITH_ASSISTANT",
      "PAIR_EMPTY_PROMPT",
    ]);
  });

  test("may end with what a tool gave", async () => {
    const call = { id: "c1", type: "function", function: { name: "add", arguments: "{}" } };
    const prompt = [
      user("Add"),
      { role: "assistant", content: null, tool_calls: [call] },
      { role: "tool", tool_call_id: "c1", content: "3" },
    ];
    expect(await endsOf([{ prompt, chosen: "Three.", rejected: "Four." }])).toEqual(["pairs"]);
  });
});

describe("texts", () => {
  test("that look like nothing are texts: only scores and verdicts are none", async () => {
    const [example] = await examplesOf([{ prompt: "Not a number?", chosen: "nan", rejected: "None" }]);
    expect(example!.preferred_output).toEqual([assistant("nan")]);
    expect(example!.non_preferred_output).toEqual([assistant("None")]);
  });

  test("that are JSON stay JSON, beside a prompt that is read as messages", async () => {
    const row = { prompt: '[{"role": "user", "content": "Hi"}]', chosen: '{"a": 1}', rejected: "[1]" };
    const others = [row, { ...row, prompt: '[{"role": "user", "content": "Ho"}]' }];
    const [example] = await examplesOf(others);
    expect(example!.input.messages).toEqual([user("Hi")]);
    expect(example!.preferred_output).toEqual([assistant('{"a": 1}')]);
  });
});

describe("columns beside", () => {
  test("that pandas and column stores leave behind change nothing", async () => {
    const row = { prompt: "Hi", chosen: "a", rejected: "b", __index_level_0__: 7, label: 3, prompt_id: "x" };
    expect(await endsOf([row])).toEqual(["pairs"]);
  });

  test("scores that are placeholders give the same margin everywhere, and no note", async () => {
    const row = { prompt: "Hi", chosen: "a", rejected: "b", score_chosen: 10, score_rejected: 1 };
    const outcomes = await convertRows([row, { ...row, prompt: "Ho" }]);
    expect(outcomes).toMatchObject([{ pairs: [{ margin: 9 }] }, { pairs: [{ margin: 9 }] }]);
    expect(outcomes.some((outcome) => "notes" in outcome)).toBe(false);
  });

  test("scores that oppose the pair are noted with their place", async () => {
    const row = { prompt: "Hi", chosen: "a", rejected: "b", score_chosen: 1, score_rejected: 3.5 };
    expect(await convertRows([row])).toMatchObject([
      {
        kind: "pairs",
        pairs: [{ margin: -2.5 }],
        notes: [
          {
            code: "PAIRWISE_SCORE_OPPOSES",
            found: "-2.5",
            location: { line: 1, path: "score_chosen" },
          },
        ],
      },
    ]);
  });
});
