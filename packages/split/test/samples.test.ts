import { createKeyHasher, type Reducer, verdicts } from "@dpo-kit/batch";
import { diskEntrySorters } from "@dpo-kit/io/node";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  createCountSample,
  createHashSplit,
  createMaxPairsPerPrompt,
  createPairLimit,
  createShareSample,
  MAX_PAIRS_REASON,
} from "../src/index.ts";
import { arbitraryPair, batchesOf, type PairFacts } from "./batches.ts";
import { runReducer } from "./run-reducer.ts";

const onDisk = diskEntrySorters({ maxBytes: 100 });
const pairsOf = fc.array(arbitraryPair, { maxLength: 40 });
const chunk = fc.integer({ min: 1, max: 9 });

async function keptBy(reducer: Reducer, pairs: readonly PairFacts[], size?: number): Promise<boolean[]> {
  const decisions = await runReducer(reducer, await batchesOf(pairs, size));
  return decisions.map(({ verdict }) => verdict === verdicts.keep);
}

function prompts(count: number): PairFacts[] {
  return Array.from({ length: count }, (_, index) => ({ prompt: `prompt ${index}` }));
}

function kept<T>(items: readonly T[], flags: readonly boolean[]): T[] {
  return items.filter((_, index) => flags[index]);
}

describe("createShareSample", () => {
  it("takes or leaves prompts as a whole, whatever stands around them", () =>
    fc.assert(
      fc.asyncProperty(pairsOf, pairsOf, chunk, async (pairs, added, size) => {
        const before = await keptBy(await createShareSample({ share: 0.5 }), pairs);
        const sides = new Map(pairs.map(({ prompt }, pair) => [prompt, before[pair]]));
        expect(pairs.map(({ prompt }) => sides.get(prompt))).toEqual(before);
        const more = await keptBy(await createShareSample({ share: 0.5 }), [...added, ...pairs], size);
        expect(more.slice(added.length)).toEqual(before);
      }),
      { numRuns: 30 },
    ));

  it("takes the share, and a larger one holds a smaller", async () => {
    const pairs = prompts(4000);
    const tenth = await keptBy(await createShareSample({ share: 0.1 }), pairs);
    const fifth = await keptBy(await createShareSample({ share: 0.2 }), pairs);
    // Four standard deviations; the seed is fixed.
    expect(Math.abs(kept(pairs, tenth).length - 400)).toBeLessThan(4 * Math.sqrt(4000 * 0.1 * 0.9));
    expect(kept(fifth, tenth).every(Boolean)).toBe(true);
    expect((await keptBy(await createShareSample({ share: 1 }), pairs)).every(Boolean)).toBe(true);
  });

  it("is split as all pairs are", async () => {
    const pairs = prompts(4000);
    const sampled = kept(pairs, await keptBy(await createShareSample({ share: 0.25 }), pairs));
    const splits = [
      { name: "train", ratio: 0.75 },
      { name: "test", ratio: 0.25 },
    ] as const;
    const decisions = await runReducer(await createHashSplit({ splits }), await batchesOf(sampled));
    const inTest = decisions.filter(({ output }) => output === 1).length;
    expect(Math.abs(inTest - sampled.length / 4)).toBeLessThan(4 * Math.sqrt(sampled.length * 0.25 * 0.75));
  });

  it("counts the others as sampled out", async () => {
    const decisions = await runReducer(await createShareSample({ share: 0.5 }), await batchesOf(prompts(50)));
    expect(new Set(decisions.map(({ verdict }) => verdict))).toEqual(
      new Set([verdicts.keep, verdicts.sampledOut]),
    );
  });

  it.each([0, -0.1, 1.1, Number.NaN])("refuses a share of %d", async (share) => {
    await expect(createShareSample({ share })).rejects.toMatchObject({ code: "SPLIT_INVALID" });
  });
});

describe("createCountSample", () => {
  it("keeps exactly so many, the same lines in any order, chunks and sorter", () =>
    fc.assert(
      fc.asyncProperty(pairsOf, fc.integer({ min: 1, max: 45 }), chunk, async (pairs, count, size) => {
        const linesOf = async (list: readonly PairFacts[], options = {}) => {
          const flags = await keptBy(await createCountSample({ count, ...options }), list, size);
          return kept(list, flags).map(({ prompt, answer }) => `${prompt} ${answer}`);
        };
        const lines = await linesOf(pairs);
        expect(lines).toHaveLength(Math.min(count, pairs.length));
        expect(await linesOf(pairs, { createSorter: onDisk })).toEqual(lines);
        expect((await linesOf(pairs.toReversed())).toSorted()).toEqual(lines.toSorted());
      }),
      { numRuns: 40 },
    ));

  it("is what the smallest of all hashes are, of more than it holds at once", async () => {
    const pairs = prompts(5000);
    const few = kept(pairs, await keptBy(await createCountSample({ count: 300 }), pairs));
    const more = kept(pairs, await keptBy(await createCountSample({ count: 2600 }), pairs));
    expect([few.length, more.length]).toEqual([300, 2600]);
    expect(few.every((pair) => more.includes(pair))).toBe(true);
    const again = kept(few, await keptBy(await createCountSample({ count: 300 }), few));
    expect(again).toEqual(few);
  });

  it("looks at what is kept alone", async () => {
    const reducer = await createCountSample({ count: 5 });
    const decisions = await runReducer(reducer, await batchesOf(prompts(20)), ({ count }) =>
      Uint8Array.from({ length: count }, (_, pair) => (pair < 10 ? verdicts.duplicate : verdicts.keep)),
    );
    expect(decisions.filter(({ verdict }) => verdict === verdicts.keep)).toHaveLength(5);
  });

  it.each([0, -1, 1.5])("refuses %d", async (count) => {
    await expect(createCountSample({ count })).rejects.toMatchObject({ code: "SPLIT_INVALID" });
  });
});

describe("createPairLimit", () => {
  it("keeps the first, in any chunks", async () => {
    for (const size of [1, 3, 100]) {
      expect(await keptBy(createPairLimit(4), prompts(6), size)).toEqual([
        true,
        true,
        true,
        true,
        false,
        false,
      ]);
    }
    expect(await keptBy(createPairLimit(0), prompts(1))).toEqual([false]);
    expect(() => createPairLimit(-1)).toThrow(expect.objectContaining({ code: "SPLIT_INVALID" }));
  });
});

describe("createMaxPairsPerPrompt", () => {
  const margin = fc.oneof(
    fc.constantFrom(undefined, 0, -0, 1, -1, 2.5, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 5e-324),
    fc.double({ noNaN: true }),
  );
  const pairsWithMargins = fc.array(
    fc.record({ prompt: fc.constantFrom("a", "b", "c"), margin }).map(({ prompt, margin: each }) => ({
      prompt,
      ...(each === undefined ? {} : { margin: each }),
    })),
    { maxLength: 30 },
  );

  function bruteForce(pairs: readonly PairFacts[], count: number): boolean[] {
    return pairs.map(({ prompt, margin: own = Number.NaN }, pair) => {
      const better = pairs.filter(({ prompt: otherPrompt, margin: other = Number.NaN }, at) => {
        const isEqual = other === own || (Number.isNaN(other) && Number.isNaN(own));
        const isLarger = other > own || (Number.isNaN(own) && !Number.isNaN(other));
        return otherPrompt === prompt && (isLarger || (isEqual && at < pair));
      });
      return better.length < count;
    });
  }

  it("keeps the largest margins, then the first, as brute force does", () =>
    fc.assert(
      fc.asyncProperty(
        pairsWithMargins,
        fc.integer({ min: 1, max: 4 }),
        chunk,
        async (pairs, count, size) => {
          const expected = bruteForce(pairs, count);
          expect(await keptBy(createMaxPairsPerPrompt({ count }), pairs, size)).toEqual(expected);
          expect(await keptBy(createMaxPairsPerPrompt({ count, createSorter: onDisk }), pairs)).toEqual(
            expected,
          );
        },
      ),
      { numRuns: 60 },
    ));

  it("filters the others, and says why", async () => {
    const pairs = [{ prompt: "a" }, { prompt: "A ", answer: "other" }, { prompt: "b" }];
    const decisions = await runReducer(createMaxPairsPerPrompt({ count: 1 }), await batchesOf(pairs));
    expect(decisions.map(({ verdict, reason }) => [verdict, reason])).toEqual([
      [verdicts.keep, undefined],
      [verdicts.filtered, MAX_PAIRS_REASON],
      [verdicts.keep, undefined],
    ]);
  });

  it("refuses what is no number of pairs", () => {
    expect(() => createMaxPairsPerPrompt({ count: 0 })).toThrow(
      expect.objectContaining({ code: "SPLIT_INVALID" }),
    );
  });
});

it("draws other values for samples than for splits", async () => {
  const { splitValue } = await createKeyHasher();
  const [batch] = await batchesOf(prompts(30));
  const flags = await keptBy(await createShareSample({ share: 0.5 }), prompts(30));
  expect(flags).not.toEqual(flags.map((_, pair) => splitValue(batch!.promptKey, pair, 42) < 0.5));
});
