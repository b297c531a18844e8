// Near duplicates: how many are found, whether others are, and how fast; against the classic MinHash.
// node apps/bench/dist/dedupe/measure-near.js [--pairs 20000] [--seed 1] [--threshold 0.8]
import { parseArgs } from "node:util";
import { findLikePairs, type LikePair } from "./exact-likeness.ts";
import { makeBatches } from "./make-batches.ts";
import { type BandsOf, listNearContenders } from "./near-contenders.ts";
import { nearPairs, type PairTexts } from "./near-pairs.ts";
import { type NearResult, runNearDedupe } from "./run-near-dedupe.ts";

const { values } = parseArgs({
  options: {
    pairs: { type: "string", default: "20000" },
    seed: { type: "string", default: "1" },
    threshold: { type: "string", default: "0.8" },
  },
});
const threshold = Number(values.threshold);
const print = (line: string) => void process.stdout.write(`${line}\n`);
const percent = (share: number) => `${(share * 100).toFixed(2)} %`;

/** The bands of all pairs, and how long the signing took of one processor. */
function signAll(pairs: readonly PairTexts[], bandsOf: BandsOf): { bands: string[][]; seconds: number } {
  const start = process.cpuUsage();
  const bands = pairs.map((pair) => [...bandsOf(pair)]);
  const { user, system } = process.cpuUsage(start);
  return { bands, seconds: (user + system) / 1e6 };
}

/** How many pairs of pairs share a band. */
function countCandidates(bands: readonly (readonly string[])[]): number {
  const members = new Map<string, number[]>();
  const candidates = new Set<number>();
  bands.forEach((names, pair) => {
    for (const name of names) {
      const earlier = members.get(name) ?? [];
      for (const one of earlier) {
        candidates.add(one * bands.length + pair);
      }
      earlier.push(pair);
      members.set(name, earlier);
    }
  });
  return candidates.size;
}

/** The share of alike pairs that share a band. */
function recallOf(like: readonly LikePair[], bands: readonly (readonly string[])[]): number {
  const found = like.filter(({ one, other }) => {
    const names = new Set(bands[one]);
    return bands[other]!.some((band) => names.has(band));
  });
  return found.length / like.length;
}

async function measureContenders(pairs: readonly PairTexts[], like: readonly LikePair[]): Promise<void> {
  for (const { name, bandsOf } of await listNearContenders(threshold)) {
    signAll(pairs.slice(0, 2000), bandsOf);
    const { bands, seconds } = signAll(pairs, bandsOf);
    const rate = Math.round(pairs.length / seconds);
    const barely = like.filter(({ score }) => score < threshold + 0.05);
    print(
      `${name}: recall ${percent(recallOf(like, bands))}, of those below ${threshold + 0.05} ` +
        `${percent(recallOf(barely, bands))}, ${countCandidates(bands)} candidates, ${rate} pairs/s of one processor`,
    );
  }
}

/** Of each pair the earliest first pair of a cluster that it is near to, by the true likenesses. */
function trueClusters(pairs: number, like: readonly LikePair[]): Map<number, number> {
  const earlier = new Map<number, number[]>();
  for (const { one, other } of like) {
    earlier.set(other, [...(earlier.get(other) ?? []), one]);
  }
  const firstOf = new Map<number, number>();
  for (let pair = 0; pair < pairs; pair += 1) {
    const near = (earlier.get(pair) ?? []).filter((one) => !firstOf.has(one));
    if (near.length > 0) {
      firstOf.set(pair, Math.min(...near));
    }
  }
  return firstOf;
}

function reportResult({ removed, seconds }: NearResult, pairs: number, like: readonly LikePair[]): void {
  const expected = trueClusters(pairs, like);
  const scores = new Map(like.map(({ one, other, score }) => [`${one}-${other}`, score]));
  const found = [...expected.keys()].filter((pair) => removed.has(pair));
  const right = [...removed].filter(([pair, { kept, score }]) => scores.get(`${kept}-${pair}`) === score);
  print(
    `createNearDedupe: ${removed.size} of ${pairs} pairs taken out, recall ${percent(found.length / expected.size)}, ` +
      `precision ${percent(right.length / removed.size)}, ${Math.round(pairs / seconds)} pairs/s of one processor`,
  );
}

const pairs = nearPairs({ pairs: Number(values.pairs), seed: Number(values.seed) });
const characters = pairs.reduce((sum, texts) => sum + texts.join("").length, 0);
// Before all else, while the heap is small.
const result = await runNearDedupe(await makeBatches(pairs), threshold);
const like = findLikePairs(pairs, threshold);
print(`${pairs.length} pairs of ${Math.round(characters / pairs.length)} characters, seed ${values.seed}`);
print(`${like.length} pairs of pairs of likeness ${threshold} or more, found by comparing 5-grams`);
await measureContenders(pairs, like);
reportResult(result, pairs.length, like);
