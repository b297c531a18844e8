import { describe, expect, test } from "vitest";
import { detectPairwise, namesAnswersElsewhere } from "./detect-pairwise.ts";
import { shapes } from "./shapes.ts";

function ids(rows: Parameters<typeof detectPairwise>[0]): (string | undefined)[] {
  const { chosen, alternatives } = detectPairwise(rows);
  return [chosen?.id, ...alternatives.map(({ id }) => id)];
}

describe("detection", () => {
  test("tells why, what else it could be, and the flag for that", () => {
    const row = { prompt: "Hi", chosen: "a", rejected: "b", generations: ["a", "b"], ratings: [2, 1] };
    const { chosen, alternatives } = detectPairwise([row]);
    expect(chosen).toMatchObject({ id: "prompt-and-answers", flag: "--from prompt-and-answers" });
    expect(chosen!.why).toContain("chosen and rejected are named as better and worse");
    expect(alternatives.map(({ flag }) => flag)).toContain("--from parallel-lists");
  });

  test("what is explicit comes before what is generic", () => {
    const row = {
      prompt: "Hi",
      chosen: "Hello",
      rejected: "Yo",
      response_a: "Hello",
      response_b: "Yo",
      winner: "model_b",
    };
    expect(ids([row])[0]).toBe("prompt-and-answers");
  });

  test.each([
    ["response_b", "response_a"],
    ["B", "a"],
    ["n", "m"],
  ])("chosen %j and rejected %j are a verdict where the answers stand beside them", (chosen, rejected) => {
    const row = { prompt: "Hi", chosen, rejected, response_a: "Yo", response_b: "Hello" };
    const judged = { ...row, model_a: "m", model_b: "n" };
    expect(ids([judged])[0]).toBe("two-candidates");
    expect(namesAnswersElsewhere([judged])).toBe(true);
    expect(namesAnswersElsewhere([row, { ...row, chosen: "Hello" }])).toBe(false);
    expect(namesAnswersElsewhere([{ ...row, chosen: "a", response_a: "a" }])).toBe(false);
    const columns = { preferred: "chosen", nonPreferred: "rejected" };
    expect(detectPairwise([row], { columns }).chosen!.id).toBe("prompt-and-answers");
  });

  test("a known column name does not matter, a flag does", () => {
    const { chosen } = detectPairwise([{ task: "Hi", up: "a", down: "b" }], {
      columns: { prompt: "task", preferred: "up", nonPreferred: "down" },
    });
    expect(chosen?.mapping).toEqual([
      { role: "prompt", column: "task", isText: true },
      { role: "preferred", column: "up" },
      { role: "non_preferred", column: "down" },
    ]);
  });

  test("lists the columns that are lost", () => {
    const { unmapped } = detectPairwise([{ prompt: "Hi", chosen: "a", rejected: "b", id: 7 }]);
    expect(unmapped).toEqual(["id"]);
  });

  test("one row of another shape does not change what a file is", () => {
    const rows = Array.from({ length: 9 }, () => ({ prompt: "Hi", chosen: "a", rejected: "b" }));
    const line = { contents: [], completions: [] };
    expect(ids([line, ...rows])[0]).toBe("prompt-and-answers");
  });

  test("forces a shape, says if rows are not of it, and knows no other ids", () => {
    const row = { prompt: "Hi", chosen: "a", rejected: "b" };
    const forced = detectPairwise([row], { from: "texts-without-prompt" });
    expect(forced.chosen?.id).toBe("texts-without-prompt");
    expect(detectPairwise([row], { from: "transcripts" }).chosen).toMatchObject({
      id: "transcripts",
      needsFlag: { code: "RUN_FORMAT_UNKNOWN" },
    });
    expect(() => detectPairwise([row], { from: "nonsense" })).toThrow(
      expect.objectContaining({ code: "RUN_OPTION_INVALID" }),
    );
  });

  test("refuses a column that no row has", () => {
    const row = { prompt: "Hi", chosen: "a", rejected: "b" };
    expect(() => detectPairwise([row], { columns: { prompt: "promt" } })).toThrow(
      expect.objectContaining({ code: "PAIRWISE_COLUMN_UNKNOWN" }),
    );
  });

  test("says nothing of rows nobody knows", () => {
    expect(detectPairwise([{ weight: 1 }]).chosen).toBeUndefined();
    expect(detectPairwise([]).chosen).toBeUndefined();
  });

  test("no shape is keyed by the name of a dataset", () => {
    const names = /hh-rlhf|ultrafeedback|helpsteer|nectar|oasst1|lmsys|orca/iu;
    expect(shapes.filter(({ detect, compare }) => names.test(`${detect}${compare}`))).toEqual([]);
  });

  test.each([
    [{ prompt: "Hi", winner: "Hello", loser: "No" }],
    [{ instruction: "Hi", output: "Hello", rejected_answer: "No" }],
  ])("answers under names that nobody knows are asked for: %j", (row) => {
    const { chosen } = detectPairwise([row]);
    expect(chosen).toMatchObject({
      id: "no-preferences",
      advice: expect.stringContaining("--columns preferred=NAME"),
    });
  });
});
