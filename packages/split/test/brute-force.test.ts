import { createKeyHasher } from "@dpo-kit/batch";
import fc from "fast-check";
import { expect, it } from "vitest";
import { createDraw } from "../src/drawn-value.ts";
import { createCountSample, createExactSplit, createStratifiedSplit } from "../src/index.ts";
import { arbitraryPair, batchesOf, type PairFacts } from "./batches.ts";
import { runReducer } from "./run-reducer.ts";

const hasher = await createKeyHasher();

/** A prompt, its pairs by their numbers, and its split value with seed 42. */
interface Group {
  readonly prompt: string;
  readonly pairs: number[];
  readonly value: number;
}

/** The prompts in the order of their split values. */
async function groupsOf(pairs: readonly PairFacts[]): Promise<Group[]> {
  const groups = new Map<string, Group>();
  const [batch] = await batchesOf(pairs);
  pairs.forEach(({ prompt }, pair) => {
    const value = hasher.splitValue(batch!.promptKey, pair, 42);
    const group = groups.get(prompt) ?? { prompt, pairs: [], value };
    group.pairs.push(pair);
    groups.set(prompt, group);
  });
  return [...groups.values()].sort((left, right) => left.value - right.value);
}

const somePairs = fc.array(arbitraryPair, { minLength: 4, maxLength: 40 });

it("an exact split takes groups by their split values, each where there is room", () =>
  fc.assert(
    fc.asyncProperty(somePairs, async (pairs) => {
      const rooms = [2, 1];
      const expected = new Array(pairs.length).fill(0);
      for (const group of await groupsOf(pairs)) {
        const part = rooms.findIndex((room) => room >= group.pairs.length);
        if (part !== -1) {
          rooms[part]! -= group.pairs.length;
          group.pairs.forEach((pair) => {
            expected[pair] = part + 1;
          });
        }
      }
      const splits = [
        { name: "train" },
        { name: "validation", count: 2 },
        { name: "test", count: 1 },
      ] as const;
      const decisions = await runReducer(await createExactSplit({ splits }), await batchesOf(pairs, 7));
      expect(decisions.map(({ output }) => output)).toEqual(expected);
    }),
    { numRuns: 40 },
  ));

it("a stratified split takes its share of each stratum by their split values", () =>
  fc.assert(
    fc.asyncProperty(somePairs, async (pairs) => {
      // Each prompt is of one source here: else its pairs go where its first stratum is.
      const sources = [0, 1, 2];
      const sourceOf = (prompt: string) => Number(prompt.slice(7)) % 3;
      const groups = await groupsOf(pairs);
      const expected = new Array(pairs.length).fill(0);
      for (const source of sources) {
        const members = groups.filter(({ prompt }) => sourceOf(prompt) === source);
        members.forEach((group, rank) => {
          group.pairs.forEach((pair) => {
            expected[pair] = (rank + 0.5) / members.length < 0.7 ? 0 : 1;
          });
        });
      }
      const splits = [
        { name: "train", ratio: 0.7 },
        { name: "test", ratio: 0.3 },
      ] as const;
      const batches = (await batchesOf(pairs, 1)).map((batch, pair) => ({
        ...batch,
        sourceId: Uint32Array.of(sourceOf(pairs[pair]!.prompt)),
      }));
      const decisions = await runReducer(
        await createStratifiedSplit({ splits, stratify: "source" }),
        batches,
      );
      expect(decisions.map(({ output }) => output)).toEqual(expected);
    }),
    { numRuns: 40 },
  ));

it("a sample by count takes the lines with the smallest draws", () =>
  fc.assert(
    fc.asyncProperty(somePairs, fc.integer({ min: 1, max: 10 }), async (pairs, count) => {
      const [batch] = await batchesOf(pairs);
      const draw = createDraw(hasher, "sample", 42);
      const drawn = pairs
        .map((_, pair) => ({ pair, value: draw(batch!.lineKey, pair) }))
        .sort((left, right) => left.value - right.value || left.pair - right.pair);
      const taken = new Set(drawn.slice(0, count).map(({ pair }) => pair));
      const decisions = await runReducer(await createCountSample({ count }), await batchesOf(pairs, 3));
      expect(decisions.map(({ verdict }) => verdict === 0)).toEqual(pairs.map((_, pair) => taken.has(pair)));
    }),
    { numRuns: 40 },
  ));
