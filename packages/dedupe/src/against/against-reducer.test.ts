import { createRandom } from "@dpo-kit/testkit";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { makeBatches, type StatedPair } from "../../test/make-batches.ts";
import { createMemorySpill } from "../../test/memory-spill.ts";
import { nearPairs } from "../../test/near-texts.ts";
import { runReducer } from "../../test/run-reducer.ts";
import { type AgainstOptions, createAgainst } from "./against-reducer.ts";

async function decide(
  pairs: readonly StatedPair[],
  heldOut: readonly StatedPair[],
  options: AgainstOptions & { sizes?: number[] } = {},
) {
  const reducer = await createAgainst(options);
  for (const batch of await makeBatches(heldOut, options.sizes)) {
    reducer.add(batch, "eval.jsonl");
  }
  const decision = await runReducer(reducer, await makeBatches(pairs, options.sizes));
  return { ...decision, size: reducer.size };
}

const long = "What would you tell a friend who wants to learn to cook but has no time at all in the evening";
const heldOut = { prompt: long, preferred: "Start with eggs.", nonPreferred: "Order in." };
const pairs: StatedPair[] = [
  heldOut,
  { ...heldOut, prompt: `${long.toUpperCase()}  ` },
  { ...heldOut, preferred: "START with eggs." },
  { ...heldOut, preferred: "Cook rice." },
  { ...heldOut, prompt: `So: ${long}` },
  { ...heldOut, prompt: "Something else" },
  { ...heldOut, system: "Be kind." },
];

describe("createAgainst", () => {
  it.each<[AgainstOptions, number[]]>([
    [{}, [0, 1, 2, 3, 6]],
    [{ match: "exact" }, [0, 2, 3, 6]],
    [{ match: "exact", on: "pair" }, [0]],
    [{ match: "normalised", on: "pair" }, [0, 1, 2]],
    [{ match: "near" }, [0, 1, 2, 3, 4, 6]],
    [{ match: "near", on: "pair" }, [0, 1, 2, 4]],
  ])("with %j takes out %j", async (options, expected) => {
    const { verdicts } = await decide(pairs, [{ ...heldOut, prompt: "Another one" }, heldOut], options);
    expect([...verdicts.keys()].filter((pair) => verdicts[pair] === 4)).toEqual(expected);
  });

  it("names the held-out record, and how alike it is where that was measured", async () => {
    const others = [{ ...heldOut, prompt: "Another one" }, heldOut];
    const place = { source: "eval.jsonl", line: 2 };
    expect((await decide(pairs, others)).insteadOf.get(3)).toEqual({ kept: place });
    const { insteadOf } = await decide(pairs, others, { match: "near" });
    expect(insteadOf.get(3)).toEqual({ kept: place, score: 1 });
    expect(insteadOf.get(4)).toMatchObject({ kept: place, score: 17 / 18 });
  });

  it("takes out nothing where nothing is held out, and counts what is", async () => {
    expect((await decide(pairs, [])).verdicts).toEqual(pairs.map(() => 0));
    expect((await decide([], pairs)).size).toBe(3);
  });

  it("takes out just the prompts that are held out, for any batches and any memory", async () => {
    const text = fc.constantFrom("a", "b", "c", "d", "e", "f", "g");
    const arbitraryPairs = fc.array(
      fc.record({ prompt: text, preferred: fc.constant("yes"), nonPreferred: fc.constant("no") }),
      { maxLength: 12 },
    );
    const sizes = fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 5 });
    const property = fc.asyncProperty(arbitraryPairs, arbitraryPairs, sizes, async (train, test, cut) => {
      const prompts = new Set(test.map(({ prompt }) => prompt));
      const expected = train.map(({ prompt }) => (prompts.has(prompt) ? 4 : 0));
      const spill = createMemorySpill();
      const { verdicts, size } = await decide(train, test, { memory: 1, spill, sizes: cut });
      expect(verdicts).toEqual(expected);
      expect(size).toBe(prompts.size);
      expect(spill.files.size).toBe(0);
    });
    await fc.assert(property, { numRuns: 60 });
  });

  it("finds near ones spilled as in memory, and never forgets silently", async () => {
    const all = nearPairs(createRandom(31), 300);
    const [train, test] = [all.slice(150), all.slice(0, 150)];
    const expected = await decide(train, test, { match: "near" });
    expect(expected.verdicts.filter((verdict) => verdict === 4).length).toBeGreaterThan(20);
    const spill = createMemorySpill();
    expect(await decide(train, test, { match: "near", memory: 5000, spill })).toEqual(expected);
    expect(spill.files.size).toBe(0);
    await expect(decide(train, test, { match: "near", memory: 5000 })).rejects.toMatchObject({
      code: "DEDUPE_MEMORY",
    });
  });
});
