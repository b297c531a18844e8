import { keyText } from "@dpo-kit/batch";
import { createRandom } from "@dpo-kit/testkit";
import { expect, it } from "vitest";
import { makeBatches, type StatedPair } from "../../test/make-batches.ts";
import { nearPairs, randomWords } from "../../test/near-texts.ts";
import { runReducer } from "../../test/run-reducer.ts";
import { createNearClusters } from "./near-clusters.ts";

/** The cluster key of each pair, and the prompt key of each. */
async function clustersOf(pairs: readonly StatedPair[], sizes?: number[]) {
  const reducer = createNearClusters();
  const batches = await makeBatches(pairs, sizes);
  const { verdicts } = await runReducer(reducer, batches);
  expect(verdicts.every((verdict) => verdict === 0)).toBe(true);
  const prompts = batches.flatMap((batch) =>
    Array.from({ length: batch.count }, (_, pair) => keyText(batch.promptKey, pair)),
  );
  const clusters = prompts.map((_, pair) => {
    const key = reducer.clusterKeyOf(pair);
    return key === undefined ? undefined : keyText(key, 0);
  });
  return { prompts, clusters };
}

it("puts all that is connected together, under the prompt key of its first pair", async () => {
  const words = randomWords(createRandom(3), 80);
  const link = (start: number) => words.slice(start, start + 45).join(" ");
  const prompts = [link(0), "something else", link(6), link(3), "something else", "alone"];
  const pairs = prompts.map((prompt, pair) => ({ prompt, preferred: `yes ${pair}`, nonPreferred: "no" }));
  const { prompts: keys, clusters } = await clustersOf(pairs);
  expect(clusters).toEqual([keys[0], keys[1], keys[0], keys[0], keys[1], undefined]);
});

it("puts pairs of one prompt together, and gives the same for any batches", async () => {
  const pairs = nearPairs(createRandom(21), 120).flatMap((pair) => [pair, { ...pair, preferred: "other" }]);
  const { prompts, clusters } = await clustersOf(pairs);
  const clusterOfPrompt = new Map(prompts.map((prompt, pair) => [prompt, clusters[pair]]));
  expect(clusters).toEqual(prompts.map((prompt) => clusterOfPrompt.get(prompt)));
  expect(clusters).not.toContain(undefined);
  expect((await clustersOf(pairs, [5, 1, 100])).clusters).toEqual(clusters);
});
