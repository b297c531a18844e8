import { messageText } from "@dpo-kit/preference";
import { describe, expect, test } from "vitest";
import { assistant, endsOf, examplesOf, transformsOf, user } from "./convert-rows.ts";

/** Defects that were found in other converters of preference data, by reading and running them. */
describe("what other converters get wrong", () => {
  test("a prompt is no common beginning of characters (TRL's extract_prompt on texts)", async () => {
    const [example] = await examplesOf([
      {
        chosen: "\n\nHuman: Sky?\n\nAssistant: The sky is blue.",
        rejected: "\n\nHuman: Sky?\n\nAssistant: The sky is black.",
      },
    ]);
    expect(example!.input.messages).toEqual([user("Sky?")]);
    expect(messageText(example!.preferred_output[0]!)).toBe("The sky is blue.");
  });

  test("answers that differ from the first character lose nothing (TRL tests chosen[-1])", async () => {
    const [example] = await examplesOf([{ prompt: "Which?", chosen: "This ", rejected: "no" }]);
    expect(messageText(example!.preferred_output[0]!)).toBe("This ");
  });

  test("empty lists are no crash (TRL's is_conversational reads the first of none)", async () => {
    const good = { prompt: "Hi", chosen: [assistant("a")], rejected: [assistant("b")] };
    expect(await endsOf([good, { prompt: "Hi", chosen: [], rejected: [assistant("b")] }])).toEqual([
      "pairs",
      "PAIR_EMPTY_ANSWER",
    ]);
  });

  test("an empty conversation is an empty answer, not another prompt (TRL's conversations of none)", async () => {
    const good = { chosen: [user("Hi"), assistant("a")], rejected: [user("Hi"), assistant("b")] };
    expect(await endsOf([good, { ...good, rejected: [] }, { ...good, chosen: null }])).toEqual([
      "pairs",
      "PAIR_EMPTY_ANSWER",
      "PAIR_EMPTY_ANSWER",
    ]);
  });

  test("where one conversation is a prefix of the other, no shared message becomes an answer (TRL)", async () => {
    const rows = [
      {
        chosen: [user("Hi"), assistant("a"), user("Bye"), assistant("c")],
        rejected: [user("Hi"), assistant("a")],
      },
    ];
    expect(await endsOf(rows)).toEqual(["divergence"]);
  });

  test("a transcript that is a prefix of the other is no crash (TRL's script zips them strictly)", async () => {
    const rows = [
      {
        chosen: "\n\nHuman: a\n\nAssistant: b\n\nHuman: c\n\nAssistant: d",
        rejected: "\n\nHuman: a\n\nAssistant: b",
      },
    ];
    expect(await endsOf(rows)).toEqual(["divergence"]);
  });

  test("an empty prompt puts no invented turn into an answer (Axolotl's find of an empty text)", async () => {
    const rows = [
      { prompt: "Hi", chosen: "a", rejected: "b" },
      { prompt: "", chosen: "a", rejected: "b" },
      { prompt: [user("")], chosen: "a", rejected: "b" },
    ];
    expect(await endsOf(rows)).toEqual(["pairs", "PAIR_EMPTY_PROMPT", "PAIR_EMPTY_PROMPT"]);
  });

  test("the last turn that both share stays in front of both (Axolotl takes the last of each list)", async () => {
    const rows = [
      {
        messages: [user("Hi")],
        chosen: [user("Hi"), assistant("a")],
        rejected: [user("Ho"), assistant("b")],
      },
    ];
    expect(await endsOf(rows)).toEqual(["divergence"]);
  });

  test("roles that nobody knows are an error of the row (torchtune and Axolotl end the run)", async () => {
    const good = { prompt: [user("Hi")], chosen: "a", rejected: "b" };
    const strange = { ...good, prompt: [{ role: "narrator", content: "Night." }, user("Hi")] };
    expect(await endsOf([good, strange])).toEqual(["pairs", "PAIR_ROLE_UNKNOWN"]);
  });

  test("nothing is added to the end of an answer (OpenRLHF and TRL append an end mark)", async () => {
    const [example] = await examplesOf([{ prompt: "Hi", chosen: "a", rejected: "b\n" }]);
    expect(example!.non_preferred_output).toEqual([assistant("b\n")]);
  });

  test("two columns that could be the prompt are asked about (ms-swift drops the mapping)", async () => {
    const row = { prompt: "Hi", question: "Ho", chosen: "a", rejected: "b" };
    await expect(endsOf([row])).rejects.toMatchObject({ code: "PAIRWISE_COLUMN_AMBIGUOUS" });
  });

  test("an answer that is a list of several texts is not drawn by lot (ms-swift takes any of them)", async () => {
    const row = { prompt: "Hi", chosen: ["a", "b"], rejected: "c" };
    await expect(endsOf([row])).rejects.toMatchObject({ code: expect.stringMatching(/^(?:RUN|PAIRWISE)_/u) });
  });

  test("both answers reply to the same question, whatever quotes they were given (open-instruct's WebGPT)", async () => {
    const [example] = await examplesOf([
      {
        question: { dataset: "d", id: "1", full_text: "Why?" },
        quotes_0: { title: ["A"], extract: ["b"] },
        answer_0: "a",
        score_0: 1,
        quotes_1: { title: ["C"], extract: ["d"] },
        answer_1: "b",
        score_1: -1,
      },
    ]);
    expect(example!.input.messages).toEqual([user("Why?")]);
  });

  test("one bad row leaves the others in their order (open-instruct drops and joins by position)", async () => {
    const row = (text: string) => ({ prompt: text, chosen: `good ${text}`, rejected: `bad ${text}` });
    const outcomes = await endsOf([row("1"), { ...row("2"), chosen: null }, row("3")]);
    expect(outcomes).toEqual(["pairs", "PAIR_EMPTY_ANSWER", "pairs"]);
  });

  test("identical answers make no pair (TRL, NeMo RL and distilabel keep them)", async () => {
    expect(await endsOf([{ prompt: "Hi", chosen: "Same", rejected: "Same " }])).toEqual(["PAIR_IDENTICAL"]);
  });

  test("turns need not alternate (LLaMA-Factory empties such rows and drops them)", async () => {
    const [example] = await examplesOf([
      {
        conversations: [
          { from: "human", value: "One" },
          { from: "human", value: "Two" },
        ],
        chosen: { from: "gpt", value: "a" },
        rejected: { from: "gpt", value: "b" },
      },
    ]);
    expect(example!.input.messages).toEqual([user("One"), user("Two")]);
  });

  test("ShareGPT rows may have texts as answers (LLaMA-Factory drops them)", async () => {
    const row = { conversations: [{ from: "human", value: "Hi" }], chosen: "a", rejected: "b" };
    expect(await endsOf([row])).toEqual(["pairs"]);
  });

  test("system messages and all turns are kept (Axolotl's recipes take the first two messages)", async () => {
    const before = [{ role: "system", content: "Sys" }, user("1"), assistant("2"), user("3")];
    const [example] = await examplesOf([
      { chosen: [...before, assistant("4")], rejected: [...before, assistant("5")] },
    ]);
    expect(example!.input.messages).toEqual(before);
  });

  test("contexts that disagree are seen (Axolotl and torchtune do not compare them)", async () => {
    const rows = [
      { chosen: [user("A"), assistant("a")], rejected: [user("B"), assistant("b")] },
      { chosen: [user("A"), assistant("a")], rejected: [user("A"), assistant("b")] },
    ];
    expect(await endsOf(rows)).toEqual(["divergence", "pairs"]);
  });

  test("prefixes of different length do not cut into the worse answer (OpenRLHF slices both by one length)", async () => {
    const rows = [
      {
        chosen: [user("A"), assistant("a"), user("B"), assistant("c")],
        rejected: [user("A"), assistant("b")],
      },
    ];
    expect(await endsOf(rows)).toEqual(["divergence"]);
  });

  test("speakers named twice in a row do not shift the turns (ms-swift, HALOs and open-instruct zip them)", async () => {
    const [example] = await examplesOf([
      {
        chosen: "\n\nHuman: a\n\nAssistant: b\n\nAssistant: c\n\nHuman: d\n\nAssistant: e",
        rejected: "\n\nHuman: a\n\nAssistant: b\n\nAssistant: c\n\nHuman: d\n\nAssistant: f",
      },
    ]);
    expect(example!.input.messages).toEqual([user("a"), assistant("b\n\nAssistant: c"), user("d")]);
    expect(example!.non_preferred_output).toEqual([assistant("f")]);
  });

  test("a rejected side is cut by its own turns (direct-preference-optimization cuts it at the chosen's offset)", async () => {
    const [example] = await examplesOf([
      { chosen: "\n\nHuman: a\n\nAssistant: b", rejected: "\n\nHuman: a \n\nAssistant: bb" },
    ]);
    expect(example!.non_preferred_output).toEqual([assistant("bb")]);
  });

  test("a prompt's markers become messages (open-instruct leaves them in)", async () => {
    const row = { prompt: "\n\nHuman: Hi\n\nAssistant: ", chosen: "a", rejected: "b" };
    const [example] = await examplesOf([row]);
    expect(example!.input.messages).toEqual([user("Hi")]);
    expect(await transformsOf(row)).toContain("transcript-to-messages");
  });

  test("nothing is added to a system message (LLaMA-Factory appends to it)", async () => {
    const [example] = await examplesOf([
      {
        messages: [{ role: "system", content: "Sys" }, user("Hi")],
        chosen: assistant("a"),
        rejected: assistant("b"),
      },
    ]);
    expect(example!.input.messages[0]).toEqual({ role: "system", content: "Sys" });
  });

  test("tool calls survive (Axolotl and OpenAI converters of trainers flatten them)", async () => {
    const call = { type: "function", function: { name: "add", arguments: { a: 1 } } };
    const [example] = await examplesOf([
      {
        prompt: [user("Add")],
        chosen: [{ role: "assistant", tool_calls: [call] }],
        rejected: [assistant("no")],
      },
    ]);
    expect(example!.preferred_output[0]!.tool_calls).toEqual([
      { id: "call_1", type: "function", function: { name: "add", arguments: '{"a":1}' } },
    ]);
  });
});
