import type { PairBatch } from "@dpo-kit/batch";
import { diskEntrySorters } from "@dpo-kit/io/node";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createExactSplit, createNearSplit, createStratifiedSplit, type SplitReducer } from "../src/index.ts";
import { arbitraryPair, batchesOf, type PairFacts } from "./batches.ts";
import { runReducer } from "./run-reducer.ts";

const byRatio = [
  { name: "train", ratio: 0.5 },
  { name: "validation", ratio: 0.3 },
  { name: "test", ratio: 0.2 },
] as const;
const byCount = [{ name: "train" }, { name: "validation", count: 3 }, { name: "test", count: 2 }] as const;

/** Holds two or three entries in memory. */
const onDisk = diskEntrySorters({ maxBytes: 100 });

type Sorters = { createSorter?: typeof onDisk };

/** The prompts 0 and 1, 2 and 3, … are near duplicates of each other. */
function clustersOf(batches: readonly PairBatch[], pairs: readonly PairFacts[]) {
  const keyOfPrompt = new Map<string, Uint32Array>();
  let at = 0;
  for (const batch of batches) {
    for (let pair = 0; pair < batch.count; pair += 1) {
      keyOfPrompt.set(pairs[at]!.prompt, batch.promptKey.slice(pair * 4, pair * 4 + 4));
      at += 1;
    }
  }
  return (pair: number) => {
    const number = Number(pairs[pair]!.prompt.slice(7));
    return keyOfPrompt.get(`prompt ${number - (number % 2)}`) ?? keyOfPrompt.get(`prompt ${number}`);
  };
}

type Make = (pairs: readonly PairFacts[], batches: PairBatch[], sorters: Sorters) => Promise<SplitReducer>;

const modes: [name: string, make: Make][] = [
  ["exact", (_, __, sorters) => createExactSplit({ splits: byCount, ...sorters })],
  ["exact by groups", (_, __, sorters) => createExactSplit({ splits: byCount, unit: "groups", ...sorters })],
  [
    "stratified by topic",
    (_, __, sorters) =>
      createStratifiedSplit({ splits: byRatio, stratify: { field: "topic" }, by: "prompt", ...sorters }),
  ],
  [
    "stratified by length",
    (_, __, sorters) => createStratifiedSplit({ splits: byRatio, stratify: "length", ...sorters }),
  ],
  [
    "near",
    (pairs, batches) => createNearSplit({ splits: byRatio, clusterKeyOf: clustersOf(batches, pairs) }),
  ],
];

/** Enough prompts that every count can be taken. */
const certain: PairFacts[] = Array.from({ length: 9 }, (_, index) => ({
  prompt: `prompt ${20 + index}`,
  topic: "c",
}));
const arbitraryPairs = fc
  .array(arbitraryPair, { maxLength: 30 })
  .map((pairs) => [...pairs, ...certain])
  .chain((pairs) => fc.shuffledSubarray(pairs, { minLength: pairs.length }));

describe.each(modes)("%s", (_, make) => {
  async function outputsOf(pairs: readonly PairFacts[], size?: number, sorters: Sorters = {}) {
    const batches = await batchesOf(pairs, size);
    const decisions = await runReducer(await make(pairs, batches, sorters), batches);
    return decisions.map(({ output }) => output);
  }

  it("has no prompt on two sides, for any order, chunks and sorter", () =>
    fc.assert(
      fc.asyncProperty(arbitraryPairs, fc.integer({ min: 1, max: 9 }), async (pairs, size) => {
        const outputs = await outputsOf(pairs);
        const sides = new Map(pairs.map(({ prompt }, pair) => [prompt, outputs[pair]]));
        expect(pairs.map(({ prompt }) => sides.get(prompt))).toEqual(outputs);
        expect(await outputsOf(pairs, size, { createSorter: onDisk })).toEqual(outputs);
        expect(await outputsOf(pairs.toReversed())).toEqual(outputs.toReversed());
      }),
      { numRuns: 25 },
    ));

  it("does not promise what it cannot", async () => {
    const { stability, needsAll, names } = await make([], [], {});
    expect(stability).toMatchObject({
      isStable: false,
      sentence: expect.stringContaining("can move others"),
    });
    expect(needsAll).toBe(true);
    expect(names).toEqual(["train", "validation", "test"]);
  });
});

function tally(outputs: readonly number[]): number[] {
  return [0, 1, 2].map((output) => outputs.filter((each) => each === output).length);
}

async function tallyOf(reducer: SplitReducer, pairs: readonly PairFacts[]) {
  return tally((await runReducer(reducer, await batchesOf(pairs))).map(({ output }) => output));
}

describe("createExactSplit", () => {
  it("gives exactly the pairs asked for, of prompts of any size", () =>
    fc.assert(
      fc.asyncProperty(arbitraryPairs, async (pairs) => {
        const reducer = await createExactSplit({ splits: byCount });
        expect(await tallyOf(reducer, pairs)).toEqual([pairs.length - 5, 3, 2]);
        expect(reducer.notes?.()).toEqual([]);
      }),
      { numRuns: 25 },
    ));

  it("gives exactly the groups asked for", async () => {
    const pairs = Array.from({ length: 60 }, (_, index) => ({
      prompt: `prompt ${index % 20}`,
      answer: `${index}`,
    }));
    const reducer = await createExactSplit({ splits: byCount, unit: "groups" });
    expect(await tallyOf(reducer, pairs)).toEqual([45, 9, 6]);
  });

  it("breaks no group to be exact, and says what is short", async () => {
    const pairs = Array.from({ length: 40 }, (_, index) => ({
      prompt: `prompt ${index % 10}`,
      answer: `${index}`,
    }));
    const splits = [{ name: "train" }, { name: "validation", count: 6 }] as const;
    const reducer = await createExactSplit({ splits });
    expect(await tallyOf(reducer, pairs)).toEqual([36, 4, 0]);
    expect(reducer.notes?.()).toMatchObject([
      { code: "SPLIT_SHORT", location: { source: "validation" }, expected: "6 pairs", found: "4" },
    ]);
  });

  it("stops where there is less than asked for", async () => {
    const reducer = await createExactSplit({ splits: byCount });
    await expect(tallyOf(reducer, [{ prompt: "a" }])).rejects.toMatchObject({ code: "SPLIT_TOO_FEW" });
  });

  it.each([
    [[{ name: "train" }, { name: "test" }]],
    [
      [
        { name: "train", count: 1 },
        { name: "test", count: 1 },
      ],
    ],
    [[{ name: "train" }, { name: "test", count: 0 }]],
    [[{ name: "train" }, { name: "test", count: 1.5 }]],
    [[{ name: "train" }]],
  ] as const)("refuses %j", async (splits) => {
    await expect(createExactSplit({ splits })).rejects.toMatchObject({ code: "SPLIT_INVALID" });
  });
});

describe("createStratifiedSplit", () => {
  it("gives each part its share of every stratum, to the nearest group", async () => {
    const sizes = [100, 30, 7];
    const pairs = sizes.flatMap((size, topic) =>
      Array.from({ length: size }, (_, index) => ({
        prompt: `prompt ${topic} ${index}`,
        topic: `topic ${topic}`,
      })),
    );
    const reducer = await createStratifiedSplit({ splits: byRatio, stratify: { field: "topic" } });
    const outputs = (await runReducer(reducer, await batchesOf(pairs))).map(({ output }) => output);
    const tallies = sizes.map((_, topic) =>
      tally(outputs.filter((__, pair) => pairs[pair]!.topic === `topic ${topic}`)),
    );
    expect(tallies).toEqual([
      [50, 30, 20],
      [15, 9, 6],
      [3, 3, 1],
    ]);
  });

  it("takes sources for strata", async () => {
    const batches = await batchesOf(
      Array.from({ length: 40 }, (_, index) => ({ prompt: `prompt ${index}` })),
      20,
    );
    const bySource = batches.map((batch, source) => ({
      ...batch,
      sourceId: batch.sourceId.slice().fill(source),
    }));
    const reducer = await createStratifiedSplit({ splits: byRatio, stratify: "source" });
    const outputs = (await runReducer(reducer, bySource)).map(({ output }) => output);
    expect(tally(outputs.slice(0, 20))).toEqual([10, 6, 4]);
    expect(tally(outputs.slice(20))).toEqual([10, 6, 4]);
  });
});

describe("createNearSplit", () => {
  it("has no cluster on two sides, also where prompts connect clusters", async () => {
    const pairs = Array.from({ length: 60 }, (_, index) => ({ prompt: `prompt ${index}` }));
    const batches = await batchesOf(pairs);
    const reducer = await createNearSplit({ splits: byRatio, clusterKeyOf: clustersOf(batches, pairs) });
    const outputs = (await runReducer(reducer, batches)).map(({ output }) => output);
    expect(outputs.filter((_, pair) => pair % 2 === 0)).toEqual(outputs.filter((_, pair) => pair % 2 === 1));
    expect(new Set(outputs).size).toBe(3);
  });

  it("stops where the keys do not fit into memory", async () => {
    const reducer = await createNearSplit({ splits: byRatio, clusterKeyOf: () => undefined, maxBytes: 1000 });
    const pairs = Array.from({ length: 700 }, (_, index) => ({ prompt: `prompt ${index}` }));
    await expect(tallyOf(reducer, pairs)).rejects.toMatchObject({ code: "SPLIT_TOO_MANY_PROMPTS" });
  });
});
