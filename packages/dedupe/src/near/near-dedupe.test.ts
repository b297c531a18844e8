import { createRandom } from "@dpo-kit/testkit";
import { describe, expect, it } from "vitest";
import { textJaccard } from "../../test/jaccard.ts";
import { makeBatches, type StatedPair } from "../../test/make-batches.ts";
import { createMemorySpill } from "../../test/memory-spill.ts";
import { nearPairs, randomWords } from "../../test/near-texts.ts";
import { runReducer } from "../../test/run-reducer.ts";
import { createNearDedupe, type NearDedupeOptions } from "./near-dedupe.ts";

const anything = { allowRemoval: 1 };

async function decide(pairs: readonly StatedPair[], options: NearDedupeOptions = anything, sizes?: number[]) {
  return runReducer(createNearDedupe(options), await makeBatches(pairs, sizes));
}

/** How alike two pairs are in prompt and answers, by brute force; -1 where their prompts are far from alike. */
function trueLikeness(one: StatedPair, other: StatedPair): number {
  const prompts = textJaccard(one.prompt, other.prompt);
  return prompts < 0.5
    ? -1
    : Math.min(
        prompts,
        textJaccard(one.preferred, other.preferred),
        textJaccard(one.nonPreferred, other.nonPreferred),
      );
}

/** Of each pair the earliest first pair of a cluster that it is near to, by comparing all with all. */
function keptByBruteForce(pairs: readonly StatedPair[], threshold: number): number[] {
  const firsts: number[] = [];
  return pairs.map((pair, number) => {
    const near = firsts.find((first) => trueLikeness(pairs[first]!, pair) >= threshold);
    if (near === undefined) {
      firsts.push(number);
    }
    return near ?? number;
  });
}

const text = (seed: number, count = 60) => randomWords(createRandom(seed), count).join(" ");

describe("createNearDedupe", () => {
  it("finds what comparing all with all finds: nothing else, and nearly all of it", async () => {
    const pairs = nearPairs(createRandom(11), 600);
    const kept = keptByBruteForce(pairs, 0.8);
    const { verdicts, insteadOf } = await decide(pairs);
    const duplicates = [...kept.keys()].filter((pair) => kept[pair] !== pair);
    const found = duplicates.filter((pair) => verdicts[pair] === 1);
    expect(duplicates.length).toBeGreaterThan(120);
    expect(found.length / duplicates.length).toBeGreaterThanOrEqual(0.95);
    for (const [pair, { kept: first, score }] of insteadOf) {
      expect(score).toBeGreaterThanOrEqual(0.8);
      expect(trueLikeness(pairs[first as number]!, pairs[pair]!)).toBe(score);
      expect(verdicts[first as number]).toBe(0);
    }
  });

  it("does not let a chain of near pairs fall together", async () => {
    const words = randomWords(createRandom(3), 60);
    const chain = Array.from({ length: 4 }, (_, link) => words.slice(link * 3, link * 3 + 45).join(" "));
    const pairs = chain.map((prompt) => ({ prompt, preferred: "yes", nonPreferred: "no" }));
    expect(textJaccard(chain[1]!, chain[2]!)).toBeGreaterThan(0.8);
    expect(textJaccard(chain[0]!, chain[2]!)).toBeLessThan(0.8);
    const { verdicts, insteadOf } = await decide(pairs);
    expect(verdicts).toEqual([0, 1, 0, 1]);
    expect([...insteadOf.values()].map(({ kept }) => kept)).toEqual([0, 2]);
  });

  it("asks each part to be alike: not a shared system prompt alone, and not swapped answers", async () => {
    const system = text(1, 2000);
    const pair = { system, prompt: text(2), preferred: text(3), nonPreferred: text(4) };
    const pairs = [
      pair,
      { ...pair, prompt: text(5) },
      { ...pair, preferred: pair.nonPreferred, nonPreferred: pair.preferred },
      { ...pair, preferred: text(6) },
      { ...pair, system: `${system} more` },
    ];
    expect((await decide(pairs)).verdicts).toEqual([0, 0, 0, 0, 1]);
    expect((await decide(pairs, { ...anything, on: "prompt" })).verdicts).toEqual([0, 0, 1, 1, 1]);
    expect((await decide(pairs, { ...anything, on: "answers" })).verdicts).toEqual([0, 1, 0, 0, 1]);
  });

  it("works on texts without spaces and on very short ones", async () => {
    const chinese = "机器学习是人工智能的一个分支，它使计算机能够从数据中学习而无需明确编程。".repeat(3);
    const pairs = [
      { prompt: chinese, preferred: "好", nonPreferred: "不" },
      { prompt: `${chinese}吗`, preferred: "好", nonPreferred: "不" },
      { prompt: "hi", preferred: "?", nonPreferred: "!" },
      { prompt: "hi", preferred: "!", nonPreferred: "?" },
      { prompt: "ho", preferred: "?", nonPreferred: "!" },
    ];
    expect((await decide(pairs)).verdicts).toEqual([0, 1, 0, 1, 0]);
  });

  it("stops where more would go than may", async () => {
    const pair = { prompt: text(1), preferred: text(2), nonPreferred: text(3) };
    const others = [4, 5, 6].map((seed) => ({ ...pair, prompt: text(seed) }));
    expect((await decide([pair, pair, ...others], {})).verdicts).toEqual([0, 1, 0, 0, 0]);
    await expect(decide([pair, pair, pair, ...others], {})).rejects.toMatchObject({
      code: "DEDUPE_REMOVES_TOO_MANY",
    });
    expect((await decide([pair, pair, pair, ...others], { allowRemoval: 0.34 })).verdicts).toEqual([
      0, 1, 1, 0, 0, 0,
    ]);
  });

  it("gives the same for any batches and any memory, and removes its files", async () => {
    const pairs = nearPairs(createRandom(12), 200);
    const expected = await decide(pairs);
    const spill = createMemorySpill();
    expect(await decide(pairs, anything, [1, 7, 60, 3])).toEqual(expected);
    expect(await decide(pairs, { ...anything, memory: 20_000, spill })).toEqual(expected);
    expect(spill.files.size).toBe(0);
    await expect(decide(pairs, { ...anything, memory: 20_000 })).rejects.toMatchObject({
      code: "DEDUPE_MEMORY",
    });
  });

  it("does not look at pairs that are gone already", async () => {
    const pair = { prompt: text(1), preferred: text(2), nonPreferred: text(3) };
    const batches = await makeBatches([pair, pair, pair]);
    const { verdicts, insteadOf } = await runReducer(createNearDedupe(anything), batches, [3]);
    expect(verdicts).toEqual([0, 0, 1]);
    expect(insteadOf.get(2)).toEqual({ kept: 1, score: 1 });
  });

  it("refuses a threshold at which everything is a candidate", () => {
    expect(() => createNearDedupe({ threshold: 0.1 })).toThrowError(
      expect.objectContaining({ code: "RUN_OPTION_INVALID" }),
    );
  });
});
