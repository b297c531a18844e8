import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DiffCollector, diffBatches } from "../src/index.ts";
import { batchOf, encodeBatch, exampleOf, type StatedPair } from "./make-batches.ts";

const a = { prompt: "a?", preferred: "yes", nonPreferred: "no" };
const b = { prompt: "b?", preferred: "left", nonPreferred: "right" };
const c = { prompt: "c?", preferred: "up", nonPreferred: "down" };
const flip = ({ prompt, preferred, nonPreferred }: StatedPair): StatedPair => ({
  prompt,
  preferred: nonPreferred,
  nonPreferred: preferred,
});

async function diffOf(old: Record<string, StatedPair[]>, fresh: Record<string, StatedPair[]>) {
  const batches = (splits: Record<string, StatedPair[]>) =>
    Promise.all(
      Object.entries(splits).map(async ([split, pairs]) => ({ split, batch: await batchOf(pairs) })),
    );
  return diffBatches(await batches(old), await batches(fresh));
}

describe("diffBatches", () => {
  it("tells of added, removed and flipped pairs", async () => {
    const diff = await diffOf({ "": [a, b] }, { "": [flip(a), c] });
    expect(diff).toMatchObject({
      schema: "dpo-kit/diff@1",
      old: 2,
      new: 2,
      unchanged: 0,
      flipped: { pairs: 1, places: [{ ordinal: 0 }] },
      removed: { pairs: 1, places: [{ ordinal: 1 }] },
      added: { pairs: 1, places: [{ ordinal: 1 }] },
      moved: { pairs: 0, places: [] },
      same: false,
    });
  });

  it("tells of pairs that moved to another split", async () => {
    const diff = await diffOf({ train: [a, b], test: [c] }, { train: [a], test: [b, c] });
    expect(diff).toMatchObject({ unchanged: 2, moved: { pairs: 1 }, added: { pairs: 0 }, same: false });
  });

  it("counts repeated pairs one by one", async () => {
    const diff = await diffOf({ "": [a, a, a] }, { "": [a, flip(a)] });
    expect(diff).toMatchObject({ unchanged: 1, flipped: { pairs: 1 }, removed: { pairs: 1 } });
  });

  it("does not mind case, white space and order", async () => {
    const diff = await diffOf({ "": [a, b] }, { "": [b, { ...a, preferred: " YES\n" }] });
    expect(diff).toMatchObject({ unchanged: 2, same: true });
  });

  it("tells how lengths drift", async () => {
    const many = (text: string): StatedPair[] =>
      Array.from({ length: 50 }, (_, index) => ({ prompt: `${index}`, preferred: text, nonPreferred: "no" }));
    const { drift } = await diffOf({ "": many("short") }, { "": many("much longer now") });
    expect(drift.map(({ part, hasDrifted }) => [part, hasDrifted])).toEqual([
      ["prompt", false],
      ["preferred", true],
      ["nonPreferred", false],
    ]);
    expect(drift[1]).toMatchObject({ unit: "characters", ks: 1, old: { mean: 5 }, new: { mean: 15 } });
  });

  it("balances, is the same in any division, and of a dataset with itself is nothing", async () => {
    const pair = fc
      .tuple(fc.constantFrom(a, b, c), fc.boolean())
      .map(([one, isFlipped]) => (isFlipped ? flip(one) : one));
    const dataset = fc.array(pair, { maxLength: 12 });
    const property = fc.asyncProperty(dataset, dataset, fc.nat({ max: 12 }), async (old, fresh, cut) => {
      const { unchanged, added, removed, flipped, moved, ...diff } = await diffOf({ "": old }, { "": fresh });
      expect(unchanged + removed.pairs + flipped.pairs + moved.pairs).toBe(diff.old);
      expect(unchanged + added.pairs + flipped.pairs + moved.pairs).toBe(diff.new);
      const first = new DiffCollector();
      first.observe(await encodePart(fresh, cut, fresh.length), { side: "new" });
      const second = new DiffCollector();
      second.observe(await encodePart(fresh, 0, cut), { side: "new" });
      second.observe(await batchOf(old), { side: "old" });
      first.merge(second);
      expect(first.result()).toEqual({ unchanged, added, removed, flipped, moved, ...diff });
      expect((await diffOf({ "": old }, { "": [...old].reverse() })).same).toBe(true);
    });
    await fc.assert(property, { numRuns: 60 });
  });
});

function encodePart(pairs: readonly StatedPair[], from: number, to: number) {
  const examples = pairs.slice(from, to).map((pair) => ({ example: exampleOf(pair) }));
  return encodeBatch(examples, { first: from });
}
