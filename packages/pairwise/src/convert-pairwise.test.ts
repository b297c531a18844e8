import { emptyLedgers, findImbalances } from "@dpo-kit/batch";
import { collect } from "@dpo-kit/testkit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { asRows, assistant, convertRows, endsOf, examplesOf, user } from "../test/convert-rows.ts";
import { convertPairwise } from "./convert-pairwise.ts";
import { encodePairwise } from "./encode-pairwise.ts";

const good = { prompt: "Hi", chosen: "a", rejected: "b" };

describe("conversion", () => {
  test("gives one outcome for each row, in order", async () => {
    const rows = [
      good,
      { prompt: "Hi", chosen: "", rejected: "b" },
      { messages: [user("x"), assistant("y")] },
      7,
    ];
    const outcomes = await convertRows(rows);
    expect(outcomes.map(({ at }) => at.ordinal)).toEqual([0, 1, 2, 3]);
    expect(await endsOf(rows)).toEqual([
      "pairs",
      "PAIR_EMPTY_ANSWER",
      "no-preferences",
      "PAIRWISE_ROW_NOT_OBJECT",
    ]);
  });

  test("does not depend on how many rows were looked at, where rows are alike", async () => {
    const rows = Array.from({ length: 20 }, (_, index) => ({ ...good, prompt: `Hi ${index}` }));
    expect(await convertRows(rows, { sampleRows: 1 })).toEqual(await convertRows(rows));
  });

  test("refuses rows without preferences with a reason and one thing to do", async () => {
    const rows = [{ messages: [user("Hi"), assistant("Hello")] }];
    await expect(convertRows(rows)).rejects.toMatchObject({
      code: "RUN_NO_PREFERENCES",
      message: expect.stringContaining("one conversation each"),
      hint: expect.stringContaining("Add a worse answer"),
    });
  });

  test("finds the few preferences among rows without, also behind the sample", async () => {
    const row = { messages: [user("Hi"), assistant("Hello")] };
    const ends = await endsOf([row, row, good], { sampleRows: 2 });
    expect(ends).toEqual(["no-preferences", "no-preferences", "pairs"]);
  });

  test("a row without one of its answers is rejected, not passed over", async () => {
    const rows = [
      good,
      { prompt: "Hi", chosen: "a" },
      { prompt: "Hi" },
      { prompt: "Hi", chosen: "a", rejected: null },
    ];
    expect(await endsOf(rows)).toEqual([
      "pairs",
      "PAIRWISE_ROW_UNKNOWN",
      "no-preferences",
      "PAIR_EMPTY_ANSWER",
    ]);
  });

  test("where the user says what rows are, none is read as anything else", async () => {
    const rows = [good, { chosen: [user("x"), assistant("y")], rejected: [user("x"), assistant("z")] }];
    expect(await endsOf(rows)).toEqual(["pairs", "pairs"]);
    expect(await endsOf([good, { messages: [] }], { from: "prompt-and-answers" })).toEqual([
      "pairs",
      "PAIRWISE_ROW_UNKNOWN",
    ]);
    await expect(convertRows([good], { from: "vertex" })).rejects.toMatchObject({
      code: "RUN_FORMAT_UNKNOWN",
    });
  });

  test("refuses rows nobody knows, and names their columns", async () => {
    await expect(convertRows([{ weight: 1 }])).rejects.toMatchObject({
      code: "RUN_FORMAT_UNKNOWN",
      message: expect.stringContaining("weight"),
    });
  });

  test("no rows are no error", async () => expect(await convertRows([])).toEqual([]));

  test("asks where texts have no prompt, and takes a delimiter", async () => {
    const rows = [{ chosen: "Q: a\nA: b", rejected: "Q: a\nA: c" }];
    await expect(convertRows(rows)).rejects.toMatchObject({ code: "PAIRWISE_PROMPT_UNKNOWN" });
    const [example] = await examplesOf(rows, { promptDelimiter: "\nA: " });
    expect(example!.preferred_output).toEqual([assistant("b")]);
  });

  test("caps the pairs of a row, and counts what falls to the cap", async () => {
    const completions = [0, 1, 2].map((rank) => ({ rank, completion: [assistant(`answer ${rank}`)] }));
    const [outcome] = await convertRows([{ context: [user("Hi")], completions }], {
      policy: { pairs: "all", maxPairsPerRecord: 2 },
    });
    expect(outcome).toMatchObject({ kind: "pairs", pairs: [{}, {}], dropped: [{ reason: "cap" }] });
  });

  test("stops when it is told to", async () => {
    const signal = AbortSignal.abort(new Error("enough"));
    await expect(collect(convertPairwise(asRows([good]), { signal }))).rejects.toThrow("enough");
  });

  test("closes its source when it is left early", async () => {
    let closed = false;
    async function* rows(): ReturnType<typeof generate> {
      try {
        yield* generate();
      } finally {
        closed = true;
      }
    }
    async function* generate(): AsyncGenerator<ReturnType<typeof asRows>[number]> {
      yield* asRows([good, good, good]);
    }
    for await (const _ of convertPairwise(rows(), { sampleRows: 1 })) {
      break;
    }
    expect(closed).toBe(true);
  });
});

test("any rows are accounted for, whatever they hold", async () => {
  const text = fc.oneof(fc.constant(""), fc.string({ maxLength: 5 }));
  const message = fc.record({
    role: fc.constantFrom("user", "assistant", "gpt", "x"),
    content: fc.oneof(text, fc.jsonValue()),
  });
  const side = fc.oneof(text, fc.array(message, { maxLength: 3 }), fc.jsonValue({ maxDepth: 2 }));
  const names = [
    "prompt",
    "chosen",
    "rejected",
    "messages",
    "system",
    "tools",
    "input",
    "preferred_output",
    "__proto__",
  ];
  const row = fc.dictionary(fc.constantFrom(...names), side, { noNullPrototype: true });
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof(row, fc.jsonValue({ maxDepth: 1 })), { maxLength: 6 }),
      async (rows) => {
        const ledgers = emptyLedgers();
        try {
          for await (const batch of encodePairwise(asRows([good, ...rows]))) {
            Object.assign(ledgers, batch.ledgers);
          }
        } catch (error) {
          expect(error).toMatchObject({ code: expect.stringMatching(/^(?:PAIRWISE|RUN_NO)/u) });
          return;
        }
        // Where pairs are written, who writes them counts.
        expect(findImbalances(ledgers).filter((each) => !each.startsWith("pairs: "))).toEqual([]);
        expect(ledgers.units.read).toBe(rows.length + 1);
      },
    ),
    { numRuns: 300 },
  );
});
