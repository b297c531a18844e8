import { arbitraryDpoExample } from "@dpo-kit/testkit";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { collectStatistics, StatisticsCollector } from "../src/index.ts";
import { batchOf, encodeBatch, exampleOf, type StatedPair } from "./make-batches.ts";

const options = { sources: ["a.csv"], modelColumns: { preferred: "winner", nonPreferred: "loser" } };
const groupColumns = ["winner", "loser"];

/** Few different prompts and answers, so that duplicates, reversals and marks come about. */
const statedPair: fc.Arbitrary<StatedPair> = fc.record({
  prompt: fc.constantFrom("Why?", "why? ", "How?", "CafÃ©?"),
  preferred: fc.constantFrom("Yes.", "- No\n- Never", "**So** it is <|im_end|>", "I'm sorry, no."),
  nonPreferred: fc.constantFrom("Yes.", "No\u2014never!", "So it is", "sk-".concat("x1".repeat(12))),
  provenance: fc.record({ winner: fc.constantFrom("m1", "__proto__"), loser: fc.constantFrom("m1", "m2") }),
});

const pairs = fc.array(statedPair, { maxLength: 24 });
const cuts = fc.array(fc.nat({ max: 24 }), { maxLength: 4 });

async function partsOf(list: readonly StatedPair[], at: readonly number[]): Promise<StatisticsCollector[]> {
  const bounds = [0, ...at.filter((cut) => cut < list.length).sort((one, other) => one - other), list.length];
  const parts: StatisticsCollector[] = [];
  for (let index = 0; index + 1 < bounds.length; index += 1) {
    const examples = list.slice(bounds[index], bounds[index + 1]).map((pair) => ({
      example: exampleOf(pair),
      provenance: pair.provenance!,
    }));
    const collector = new StatisticsCollector({ ...options, rememberedKeys: 6 });
    const batch = await encodeBatch(examples, { first: bounds[index]!, groupColumns });
    collector.observe(batch, tokensOf(list.slice(bounds[index], bounds[index + 1])));
    parts.push(collector);
  }
  return parts;
}

/** What stands for the tokens of each pair: any numbers that depend on it alone. */
function tokensOf(list: readonly StatedPair[]) {
  return {
    prompt: list.map(({ prompt }) => prompt.length * 300),
    preferred: list.map(({ preferred }) => preferred.length),
    nonPreferred: list.map(({ nonPreferred }) => nonPreferred.length),
  };
}

describe("statistics", () => {
  it("are the same however pairs are divided and in whatever order parts are merged", async () => {
    const property = fc.asyncProperty(pairs, cuts, fc.boolean(), async (list, at, reversed) => {
      const [whole] = await partsOf(list, []);
      const parts = await partsOf(list, at);
      const order = reversed ? parts.reverse() : parts;
      const merged = order.slice(1).reduce((total, part) => {
        total.merge(part);
        return total;
      }, order[0]!);
      expect(merged.result()).toEqual(whole!.result());
    });
    await fc.assert(property, { numRuns: 150 });
  });

  it("are plain data, whatever the texts", async () => {
    const property = fc.asyncProperty(fc.array(arbitraryDpoExample(), { maxLength: 5 }), async (examples) => {
      const batch = await encodeBatch(examples.map((example) => ({ example })));
      const statistics = await collectStatistics([batch]);
      expect(JSON.parse(JSON.stringify(statistics))).toEqual(statistics);
      expect(statistics.pairs).toBe(examples.length);
      expect(statistics.shape.messages.sum).toBe(
        examples.reduce((total, { input }) => total + input.messages.length, 0),
      );
    });
    await fc.assert(property, { numRuns: 60 });
  });

  it("of nothing are all 0", async () => {
    const statistics = await collectStatistics([]);
    expect(statistics).toMatchObject({ schema: "dpo-kit/statistics@1", pairs: 0, bytes: 0, findings: [] });
    expect(JSON.parse(JSON.stringify(statistics))).toEqual(statistics);
  });

  it("count what is there, by hand", async () => {
    const batch = await batchOf([
      { prompt: "Why?", preferred: "Because of the rain 👩", nonPreferred: "No" },
      { prompt: "WHY?  ", preferred: "no", nonPreferred: "Because of the rain 👩" },
      { prompt: "How?", preferred: "So", nonPreferred: "Slowly" },
      { prompt: "How?", preferred: "So", nonPreferred: "Slowly" },
    ]);
    const { shape, repeats, lengths } = await collectStatistics([batch]);
    expect(shape.roles).toEqual([{ role: "user", messages: 4 }]);
    expect(shape.userTurns).toMatchObject({ min: 1, max: 1 });
    expect(repeats).toMatchObject({
      prompts: 2,
      duplicateLines: 1,
      duplicatePairs: 1,
      reversedPairs: 1,
      exact: true,
    });
    expect(repeats.pairsPerPrompt).toMatchObject({ count: 2, mean: 2, max: 2 });
    // 21 code points against 2, 2 against 21, and 2 against 6 twice.
    expect(lengths.characters.preferred).toMatchObject({ sum: 27, max: 21, min: 2 });
    expect(lengths.characters.bias).toMatchObject({
      longer: { preferred: 1, nonPreferred: 3, share: 0.25 },
      equal: 0,
      ratio: 27 / 35,
    });
    // 21, 2, 2, 2: mean 6.75, variance 90.25; 2, 21, 6, 6: mean 8.75, variance 70.25; pooled 80.25.
    expect(lengths.characters.bias.cohensD).toBeCloseTo(-2 / Math.sqrt(80.25), 12);
    // 19, -19, -4, -4: mean -2, squares 754, variance (754 - 16) / 3 = 246.
    expect(lengths.characters.bias.pairedD).toBeCloseTo(-2 / Math.sqrt(246), 12);
    expect(lengths.tokens).toBeUndefined();
  });

  it("count tokens where they are given, and the windows they go beyond", async () => {
    const batch = await batchOf([
      { prompt: "a", preferred: "b", nonPreferred: "c" },
      { prompt: "a", preferred: "b", nonPreferred: "c" },
    ]);
    const tokens = { prompt: [1000, 10], preferred: [24, 5], nonPreferred: [25, 5] };
    const { lengths } = await collectStatistics([batch], { countLines: () => tokens });
    expect(lengths.tokens?.longerSide).toMatchObject({ min: 15, max: 1025 });
    expect(lengths.tokens?.above.slice(0, 2)).toEqual([
      { limit: 1024, pairs: 1, share: 0.5 },
      { limit: 2048, pairs: 0, share: 0 },
    ]);
    expect(lengths.tokens?.bias.longer).toMatchObject({ preferred: 0, nonPreferred: 1 });
    expect(lengths.tokens?.bias.equal).toBe(1);
  });

  it("wait for the tokens of several batches at once, and tell of what fails", async () => {
    const batch = await batchOf([{ prompt: "a", preferred: "b", nonPreferred: "c" }]);
    const batches = Array.from({ length: 7 }, () => batch);
    let counting = 0;
    let most = 0;
    const countLines = async () => {
      counting += 1;
      most = Math.max(most, counting);
      await Promise.resolve();
      await new Promise((resolve) => setImmediate(resolve));
      counting -= 1;
      return { prompt: [1], preferred: [2], nonPreferred: [3] };
    };
    const statistics = await collectStatistics(batches, { countLines, batchesAtOnce: 3 });
    expect(statistics.lengths.tokens?.longerSide).toMatchObject({ count: 7, sum: 28 });
    expect(most).toBe(3);
    const failing = () => Promise.reject(new Error("too long"));
    await expect(collectStatistics(batches, { countLines: failing })).rejects.toThrow("too long");
  });
});
