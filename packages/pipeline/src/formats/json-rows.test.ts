import { decodeText } from "@dpo-kit/io";
import { collect } from "@dpo-kit/testkit";
import { describe, expect, test } from "vitest";
import type { ReadingRequest } from "../conversion-request.ts";
import { pairwisePipelineFormat } from "./pairwise-pipeline-format.ts";

type Flags = Omit<ReadingRequest, "inputs">;

/** The texts of the pairs of JSON Lines: prompt, preferred, non-preferred. */
async function pairsOf(text: string, flags: Flags = {}): Promise<unknown[][]> {
  const plan = await pairwisePipelineFormat.plan(
    await decodeText(text),
    { inputs: [], ...flags },
    "in.jsonl",
  );
  const outcomes = await collect(plan.convert(text, { source: "in.jsonl" }));
  return outcomes.flatMap((outcome) =>
    outcome.kind === "pairs"
      ? outcome.pairs.map(({ example: { input, preferred_output, non_preferred_output } }) =>
          [input.messages.at(-1), preferred_output[0], non_preferred_output[0]].map((each) => each?.content),
        )
      : [],
  );
}

describe("integers that are too long for a number", () => {
  test("stay as they are written where text belongs", async () => {
    const rows = `{"prompt":"Hi","chosen":9007199254740993,"rejected":-12345678901234567890}
{"prompt":"Bye","chosen":"a","rejected":"b"}
{"prompt":"Why","chosen":"c","rejected":"d"}
`;
    expect((await pairsOf(rows))[0]).toEqual(["Hi", "9007199254740993", "-12345678901234567890"]);
  });

  test("tell rows apart that are gathered by them", async () => {
    const row = (id: string, text: string, score: number): string =>
      `{"id":${id},"prompt":"Hi","response":"${text}","score":${score}}\n`;
    const rows = [
      row("9007199254740992", "a", 1),
      row("9007199254740993", "b", 5),
      row("9007199254740993", "c", 2),
      row("9007199254740992", "d", 3),
    ];
    expect(await pairsOf(rows.join(""), { gatherBy: ["id"] })).toEqual([
      ["Hi", "d", "a"],
      ["Hi", "b", "c"],
    ]);
  });
});

test("an entry of a rejects file is read as the record it holds", async () => {
  const record = { prompt: "Hi", chosen: "a", rejected: "b" };
  const entry = { code: "X", severity: "error", message: "", hint: "", location: { source: "-" }, record };
  expect(await pairsOf(`${JSON.stringify(entry)}\n`)).toEqual([["Hi", "a", "b"]]);
});

test("NaN, which Python writes for what is missing, is missing", async () => {
  const row = (system: string): string =>
    `{"system":${system},"prompt":"Hi","chosen":"a","rejected":"b","score_chosen":NaN}\n`;
  expect(await pairsOf(row("NaN") + row('"Be kind."'))).toEqual([
    ["Hi", "a", "b"],
    ["Hi", "a", "b"],
  ]);
});
