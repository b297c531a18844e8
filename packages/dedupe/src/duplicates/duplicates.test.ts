import { foldText, lineText, type Reducer, verdicts } from "@dpo-kit/batch";
import { arbitraryHostileText } from "@dpo-kit/testkit";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { makeBatches, type StatedPair } from "../../test/make-batches.ts";
import { createMemorySpill } from "../../test/memory-spill.ts";
import { runReducer } from "../../test/run-reducer.ts";
import type { MemoryOptions } from "../spill/memory-options.ts";
import { createExactDedupe } from "./exact-dedupe.ts";
import { createNormalisedDedupe } from "./normalised-dedupe.ts";

const text = fc.oneof(fc.constantFrom("a", "A ", "b", "é", "e\u0301"), arbitraryHostileText());
const arbitraryPair: fc.Arbitrary<StatedPair> = fc.record({
  prompt: text.map((words) => `a${words}`),
  preferred: text.map((words) => `yes ${words}`),
  nonPreferred: text.map((words) => `no ${words}`),
});
/** Pairs with repetitions, and sizes of batches. */
const arbitraryInput = fc
  .tuple(fc.array(arbitraryPair, { minLength: 1, maxLength: 8 }), fc.array(fc.nat(7), { maxLength: 40 }))
  .map(([pool, picks]) => picks.map((pick) => pool[pick % pool.length]!));
const arbitrarySizes = fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 10 });

interface Level {
  readonly name: string;
  create(options: MemoryOptions): Reducer | Promise<Reducer>;
  /** What two pairs that are the same share. */
  essence(pair: StatedPair): string;
}

const levels: Level[] = [
  {
    name: "createExactDedupe",
    create: createExactDedupe,
    essence: ({ prompt, preferred, nonPreferred }) => JSON.stringify([prompt, preferred, nonPreferred]),
  },
  {
    name: "createNormalisedDedupe",
    create: createNormalisedDedupe,
    essence: ({ prompt, preferred, nonPreferred }) =>
      JSON.stringify([prompt, preferred, nonPreferred].map(foldText)),
  },
];

describe.each(levels)("$name", ({ create, essence }) => {
  function firstOf(pairs: readonly StatedPair[]): number[] {
    const names = pairs.map(essence);
    return names.map((name) => names.indexOf(name));
  }

  it("keeps the first of each, and names it where another goes, for any batches and any memory", async () => {
    const property = fc.asyncProperty(arbitraryInput, arbitrarySizes, async (pairs, sizes) => {
      const first = firstOf(pairs);
      const batches = await makeBatches(pairs, sizes);
      for (const options of [{}, { memory: 1, spill: createMemorySpill() }]) {
        const decision = await runReducer(await create(options), batches);
        expect(decision.verdicts).toEqual(first.map((kept, pair) => (kept === pair ? 0 : 1)));
        expect([...decision.insteadOf].map(([pair, { kept }]) => [pair, kept])).toEqual(
          [...first.entries()].filter(([pair, kept]) => pair !== kept),
        );
      }
    });
    await fc.assert(property, { numRuns: 60 });
  });

  it("gives the same spilled as in memory, and removes its files", async () => {
    const pairs = Array.from({ length: 3000 }, (_, number) => ({
      prompt: `question ${(number * 7) % 1900}`,
      preferred: "yes",
      nonPreferred: "no",
    }));
    const batches = await makeBatches(pairs, [1000, 1000]);
    const spill = createMemorySpill();
    const inMemory = await runReducer(await create({}), batches);
    expect(inMemory.verdicts.filter((verdict) => verdict === verdicts.duplicate)).toHaveLength(1100);
    expect(await runReducer(await create({ memory: 1, spill }), batches)).toEqual(inMemory);
    expect(spill.files.size).toBe(0);
    await expect(runReducer(await create({ memory: 1 }), batches)).rejects.toMatchObject({
      code: "DEDUPE_MEMORY",
    });
  });

  it("does not look at pairs that are gone already", async () => {
    const pair = { prompt: "a", preferred: "yes", nonPreferred: "no" };
    const batches = await makeBatches([pair, pair, pair]);
    const { verdicts: said, insteadOf } = await runReducer(await create({}), batches, [verdicts.filtered]);
    expect(said).toEqual([verdicts.keep, verdicts.keep, verdicts.duplicate]);
    expect(insteadOf.get(2)).toEqual({ kept: 1 });
  });
});

it("tells lines apart that differ in case alone only when they are normalised", async () => {
  const [one, other] = [
    { prompt: "Why?", preferred: "Because.", nonPreferred: "No." },
    { prompt: "why? ", preferred: "BECAUSE.", nonPreferred: "no." },
  ];
  const batches = await makeBatches([one, other]);
  expect(lineText(batches[0]!, 0)).not.toBe(lineText(batches[0]!, 1));
  expect((await runReducer(createExactDedupe(), batches)).verdicts).toEqual([0, 0]);
  expect((await runReducer(await createNormalisedDedupe(), batches)).verdicts).toEqual([0, 1]);
});
