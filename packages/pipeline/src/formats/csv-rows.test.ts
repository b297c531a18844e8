import { type DecodedText, decodeText } from "@dpo-kit/io";
import { collect } from "@dpo-kit/testkit";
import { describe, expect, test } from "vitest";
import type { ReadingRequest } from "../conversion-request.ts";
import { chooseFormat } from "./formats.ts";

type Flags = Omit<ReadingRequest, "inputs">;

/** The format that takes a table, and the texts of its pairs. */
async function convert(table: string, flags: Flags = {}): Promise<{ format: string; pairs: string[] }> {
  const request = { inputs: [], ...flags };
  const text = (): Promise<DecodedText> => decodeText(table);
  const { format } = await chooseFormat(await text(), request, "in.csv");
  const plan = await format.plan(await text(), request, "in.csv");
  const outcomes = await collect(plan.convert(table, { source: "in.csv" }));
  const pairs = outcomes.flatMap((outcome) =>
    outcome.kind === "pairs"
      ? outcome.pairs.map(({ example: { input, preferred_output, non_preferred_output } }) =>
          [...input.messages, ...preferred_output, ...non_preferred_output]
            .map(({ content }) => content)
            .join(" | "),
        )
      : [outcome.kind === "skipped" ? outcome.reason : outcome.issues[0]!.code],
  );
  return { format: format.id, pairs };
}

describe("tables that hold comparisons as datasets do", () => {
  test("two answers as lists in texts, and who won in three columns (lmsys-arena-human-preference-55k)", async () => {
    const table = `id,model_a,model_b,prompt,response_a,response_b,winner_model_a,winner_model_b,winner_tie
1,m,n,"[""Hi""]","[""Hello""]","[""No""]",1,0,0
2,m,n,"[""Bye""]","[""Later""]","[""See you""]",0,1,0
3,m,n,"[""Why""]","[""A""]","[null]",0,0,1
`;
    expect(await convert(table)).toEqual({
      format: "pairwise",
      pairs: ["Hi | Hello | No", "Bye | See you | Later", "tie"],
    });
  });

  test("votes of annotators, with cells of several lines", async () => {
    const table = `situation,action_0_description,action_1_description,n_annotators_pref_0,n_annotators_pref_1
"Rain,
again",Stay,Go,1,4
Sun,Swim,Sleep,2,2
`;
    expect(await convert(table)).toEqual({
      format: "pairwise",
      pairs: ["Rain,\nagain | Go | Stay", "tie"],
    });
  });

  test("a ranked answer a row, in the order of the prompts", async () => {
    const table = "prompt;answer;rank\nHi;No;2\nBye;Later;1\nHi;Hello;1\nBye;;2\n";
    expect(await convert(table)).toEqual({
      format: "pairwise",
      pairs: ["Hi | Hello | No", "PAIR_EMPTY_ANSWER"],
    });
  });

  test("a judged answer a row", async () => {
    const table = "prompt,completion,label\nHi,Hello,True\nHi,No,False\nBye,Later,True\n";
    expect(await convert(table)).toEqual({ format: "pairwise", pairs: ["Hi | Hello | No", "unpaired"] });
  });

  test("columns that nobody knows, with flags", async () => {
    const table = "ask,essay_1,essay_2,pick\nHi,a,b,y\nBye,c,d,x\n";
    const flags = { columns: { prompt: "ask" }, verdict: "pick:x=first,y=second" };
    expect(await convert(table, flags)).toEqual({
      format: "pairwise",
      pairs: ["Hi | b | a", "Bye | c | d"],
    });
  });

  test("a better and a worse answer, whatever verdict stands beside them, are the reader of tables'", async () => {
    const table = "prompt,chosen,rejected,response_a,response_b,winner\nHi,a,b,b,a,model_a\n";
    expect(await convert(table)).toEqual({ format: "csv", pairs: ["Hi | a | b"] });
  });

  test("columns named as better and worse are a verdict where they only tell which answers those are", async () => {
    const table = "prompt,response_a,response_b,chosen,rejected\nHi,No,Hello,response_b,response_a\n";
    expect(await convert(table)).toEqual({ format: "pairwise", pairs: ["Hi | Hello | No"] });
    const elsewhere = "prompt,chosen,rejected,gpt,llama\nHi,gpt,llama,Hello,No\n";
    await expect(convert(elsewhere)).rejects.toMatchObject({ code: "RUN_NO_PREFERENCES" });
  });

  test("names of images are refused with the reason", async () => {
    await expect(convert("winner,loser\na.png,b.png\nc.png,d.png\n")).rejects.toMatchObject({
      code: "RUN_NO_PREFERENCES",
    });
  });

  test("malformed rows are rejected where they stand", async () => {
    const table = 'prompt,answer,rank\nHi,Hello,1\nHi,No,2,more\nHi,"Well",2\n';
    expect((await convert(table)).pairs).toEqual(["CSV_RAGGED_ROW", "Hi | Hello | Well"]);
  });
});
