import { describe, expect, it } from "vitest";
import { batchesOf, type PairFacts } from "./batches.ts";
import { hashedTenth, leakFigures, randomTenth } from "./leak-figures.ts";

/** Four pairs of each prompt, as UltraFeedback and others have them. */
const pairs: PairFacts[] = Array.from({ length: 10_000 }, (_, row) => ({
  prompt: `prompt ${row % 2500}`,
  answer: `answer ${row}`,
}));
const added: PairFacts = { prompt: "one more" };

/** How much two test parts, given by the rows in them, have in common. */
function jaccard(one: readonly number[], other: readonly number[]): number {
  const both = one.filter((row) => other.includes(row)).length;
  return both / (one.length + other.length - both);
}

function testRows(output: Uint8Array, first: number): number[] {
  return [...output.keys()].filter((row) => output[row] === 1).map((row) => row - first);
}

describe("of 10,000 rows with four pairs a prompt", () => {
  it("a random tenth has nearly every prompt in train too; ours has none", async () => {
    const [batch] = await batchesOf(pairs, pairs.length);
    const random = await leakFigures(batch!, randomTenth(pairs.length, 42));
    expect(random.testRows).toBe(1000);
    expect(random.samePrompt).toBeGreaterThan(995);
    const ours = await leakFigures(batch!, await hashedTenth(batch!, "prompt"));
    expect(ours.samePrompt).toBe(0);
    // Four standard deviations of 2,500 draws of four rows; the seed is fixed.
    expect(Math.abs(ours.testRows - 1000)).toBeLessThan(4 * 4 * Math.sqrt(2500 * 0.1 * 0.9));
  });

  it("one row more makes another random tenth; ours stays", async () => {
    const [before] = await batchesOf(pairs, pairs.length);
    const [after] = await batchesOf([added, ...pairs], pairs.length + 1);
    const random = [randomTenth(pairs.length, 42), randomTenth(pairs.length + 1, 42)] as const;
    expect(jaccard(testRows(random[0], 0), testRows(random[1], 1))).toBeLessThan(0.5);
    const ours = [await hashedTenth(before!, "prompt"), await hashedTenth(after!, "prompt")] as const;
    expect(testRows(ours[1], 1).filter((row) => row >= 0)).toEqual(testRows(ours[0], 0));
  });
});
