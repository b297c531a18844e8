import { createKeyHasher, verdicts } from "@dpo-kit/batch";
import type { Message } from "@dpo-kit/schema";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arbitraryPair, batchesOf, type PairFacts } from "../test/batches.ts";
import { runReducer } from "../test/run-reducer.ts";
import type { GroupBy } from "./group-keys.ts";
import { createHashSplit } from "./hash-split.ts";

const splits = [
  { name: "train", ratio: 0.6 },
  { name: "validation", ratio: 0.2 },
  { name: "test", ratio: 0.2 },
] as const;

async function outputsOf(pairs: readonly PairFacts[], by: GroupBy = "prompt", size?: number) {
  const reducer = await createHashSplit({ splits, by });
  return (await runReducer(reducer, await batchesOf(pairs, size))).map(({ output }) => output);
}

const groupings: [GroupBy, (pair: PairFacts) => string][] = [
  ["prompt", ({ prompt }) => prompt],
  ["conversation", ({ prompt }) => prompt],
  [{ field: "topic" }, ({ topic, prompt }) => (topic === "" ? `no topic: ${prompt}` : `topic: ${topic}`)],
];

describe("createHashSplit", () => {
  it.each(groupings)(
    "by %j: a group is on one side, whatever stands around it, in any chunks",
    (by, groupOf) =>
      fc.assert(
        fc.asyncProperty(
          fc.array(arbitraryPair, { minLength: 1, maxLength: 30 }),
          fc.array(arbitraryPair, { maxLength: 10 }),
          fc.integer({ min: 1, max: 9 }),
          async (pairs, added, size) => {
            const before = await outputsOf(pairs, by);
            const sides = new Map(pairs.map((pair, index) => [groupOf(pair), before[index]]));
            expect(pairs.map((pair) => sides.get(groupOf(pair)))).toEqual(before);
            const more = await outputsOf([...added, ...pairs], by, size);
            expect(more.slice(added.length)).toEqual(before);
            expect(await outputsOf(pairs.toReversed(), by)).toEqual(before.toReversed());
          },
        ),
        { numRuns: 40 },
      ),
  );

  it("keeps the ratios within what chance allows", async () => {
    const pairs = Array.from({ length: 5000 }, (_, index) => ({ prompt: `prompt ${index}` }));
    const outputs = await outputsOf(pairs);
    const shares = [0, 1, 2].map((output) => outputs.filter((each) => each === output).length);
    // Four standard deviations of a binomial distribution; the seed is fixed, so it holds always or never.
    shares.forEach((share, output) => {
      const { ratio } = splits[output]!;
      expect(Math.abs(share - 5000 * ratio)).toBeLessThan(4 * Math.sqrt(5000 * ratio * (1 - ratio)));
    });
  });

  it("is the rule of docs/keys.md", async () => {
    const hasher = await createKeyHasher();
    const pairs = Array.from({ length: 50 }, (_, index) => ({ prompt: `prompt ${index}` }));
    const [batch] = await batchesOf(pairs);
    const expected = pairs.map((_, pair) => {
      const value = hasher.splitValue(batch!.promptKey, pair, 42);
      return value < 0.6 ? 0 : value < 0.6 + 0.2 ? 1 : 2;
    });
    expect(await outputsOf(pairs)).toEqual(expected);
    expect(new Set(expected).size).toBe(3);
  });

  it("splits otherwise with another seed", async () => {
    const batches = await batchesOf(
      Array.from({ length: 50 }, (_, index) => ({ prompt: `prompt ${index}` })),
    );
    const [one, other] = [
      await createHashSplit({ splits, seed: 1 }),
      await createHashSplit({ splits, seed: 2 }),
    ];
    expect(await runReducer(one, batches)).not.toEqual(await runReducer(other, batches));
  });

  it("does not care in which order the parts are written", async () => {
    const batches = await batchesOf(
      Array.from({ length: 50 }, (_, index) => ({ prompt: `prompt ${index}` })),
    );
    const reversed = await createHashSplit({ splits: splits.toReversed() });
    expect(reversed.names).toEqual(["train", "validation", "test"]);
    expect(await runReducer(reversed, batches)).toEqual(
      await runReducer(await createHashSplit({ splits }), batches),
    );
  });

  it("keeps all turns of a conversation together, and different openings apart", async () => {
    const conversations = Array.from({ length: 40 }, (_, index): PairFacts[] => {
      const opening: Message = { role: "user", content: `Opening ${index}` };
      const earlier: Message[] = [
        { role: "system", content: `Persona ${index % 3}` },
        opening,
        { role: "assistant", content: "And?" },
      ];
      return [{ prompt: `opening   ${index}` }, { prompt: "More", earlier }];
    });
    const outputs = await outputsOf(conversations.flat(), "conversation");
    conversations.forEach((_, index) => {
      expect(outputs[2 * index]).toBe(outputs[2 * index + 1]);
    });
    expect(new Set(outputs).size).toBe(3);
  });

  it("keeps sources together by their names, in whatever order they are read", async () => {
    const sources = Array.from({ length: 30 }, (_, index) => `${index}.csv`);
    const batches = (await batchesOf(Array(60).fill({ prompt: "same" }), 2)).map((batch, source) => ({
      ...batch,
      sourceId: batch.sourceId.slice().fill(source),
    }));
    const outputsBy = async (names: readonly string[]) => {
      const decisions = await runReducer(await createHashSplit({ splits, by: { sources: names } }), batches);
      return decisions.map(({ output }) => output);
    };
    const outputs = await outputsBy(sources);
    expect(outputs.filter((_, pair) => pair % 2 === 0)).toEqual(outputs.filter((_, pair) => pair % 2 === 1));
    expect(new Set(outputs).size).toBe(3);
    expect(await outputsBy(sources.toReversed())).toEqual(outputs.toReversed());
  });

  it("decides on what is kept, and removes nothing", async () => {
    const batches = await batchesOf([{ prompt: "a" }, { prompt: "b" }]);
    const decisions = await runReducer(await createHashSplit({ splits }), batches, () =>
      Uint8Array.of(verdicts.duplicate, verdicts.keep),
    );
    expect(decisions.map(({ verdict }) => verdict)).toEqual([verdicts.duplicate, verdicts.keep]);
  });

  it.each([
    [[{ name: "train", ratio: 1 }]],
    [[{ name: "train", ratio: 0.9 }]],
    [
      [
        { name: "train", ratio: 0.9 },
        { name: "validation", ratio: 0.2 },
      ],
    ],
    [
      [
        { name: "train", ratio: 0.5 },
        { name: "train", ratio: 0.5 },
      ],
    ],
    [
      [
        { name: "train", ratio: 0.5 },
        { name: "constructor" as "test", ratio: 0.5 },
      ],
    ],
    [
      [
        { name: "train", ratio: Number.NaN },
        { name: "test", ratio: 0.5 },
      ],
    ],
    [[]],
  ] as const)("refuses %j", async (wrong) => {
    await expect(createHashSplit({ splits: wrong })).rejects.toMatchObject({ code: "SPLIT_INVALID" });
  });

  it("takes ratios that sum to 1 but for rounding", async () => {
    const thirds = [1 / 3, 1 / 3, 0.3333333333].map((ratio, part) => ({ name: splits[part]!.name, ratio }));
    await expect(createHashSplit({ splits: thirds })).resolves.toMatchObject({ needsAll: false });
  });

  it.each([-1, 0.5, Number.NaN, 2 ** 53])("refuses the seed %d", async (seed) => {
    await expect(createHashSplit({ splits, seed })).rejects.toMatchObject({ code: "SPLIT_INVALID" });
  });

  it("says which field is missing, and which are there", async () => {
    const reducer = await createHashSplit({ splits, by: { field: "author" } });
    await expect(runReducer(reducer, await batchesOf([{ prompt: "a" }]))).rejects.toMatchObject({
      code: "SPLIT_FIELD_UNKNOWN",
      hint: "They have topic.",
    });
  });
});
