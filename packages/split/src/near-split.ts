import { createKeyHasher, type PairBatch, type VerdictColumn, WORDS_PER_KEY } from "@dpo-kit/batch";
import type { HashSplitOptions } from "./hash-split.ts";
import { JoinedKeys } from "./joined-keys.ts";
import { eachKept, splitValueAt } from "./pair-entries.ts";
import { checkSeed } from "./seed.ts";
import { outputOf, splitBounds } from "./split-bounds.ts";
import type { SplitReducer } from "./split-reducer.ts";

/**
 * The prompt key of the pair that stands for the cluster of near duplicates a pair belongs to, as four words;
 * undefined where it is alone. Pairs are numbered from 0 in the order in which they come to the reducers.
 */
export type ClusterKeyOf = (pair: number) => Uint32Array | undefined;

/** How pairs are split by clusters of near duplicates. */
export interface NearSplitOptions extends Pick<HashSplitOptions, "splits" | "seed"> {
  /** Which pairs are near duplicates; asked as the batches are observed. */
  readonly clusterKeyOf: ClusterKeyOf;
  /** How much the keys of prompts may take in memory. Default: 1 GiB. */
  readonly maxBytes?: number;
}

const DEFAULT_MAX_BYTES = 1024 * 1024 * 1024;

/**
 * Splits so that near duplicates, and pairs of the same prompt, stand on one side: what is connected by either is
 * one group, and its key is the least prompt key in it. With the same clusters the result does not depend on the
 * order of the pairs.
 *
 * @throws SPLIT_INVALID; later SPLIT_TOO_MANY_PROMPTS where their keys do not fit into memory.
 */
export async function createNearSplit(options: NearSplitOptions): Promise<SplitReducer> {
  const bounds = splitBounds(options.splits);
  const seed = checkSeed(options.seed);
  const hasher = await createKeyHasher();
  const joined = new JoinedKeys(options.maxBytes ?? DEFAULT_MAX_BYTES);
  let observed = 0;

  function observe(batch: PairBatch, current: Uint8Array): void {
    eachKept(batch, current, (pair) => {
      const cluster = options.clusterKeyOf(observed + pair);
      const prompt = joined.add(batch.promptKey, pair * WORDS_PER_KEY);
      if (cluster !== undefined) {
        joined.join(prompt, joined.add(cluster, 0));
      }
    });
    observed += batch.count;
  }

  function apply(batch: PairBatch, current: Uint8Array): VerdictColumn {
    const output = new Uint8Array(batch.count);
    eachKept(batch, current, (pair) => {
      const group = joined.add(batch.promptKey, pair * WORDS_PER_KEY);
      output[pair] = outputOf(bounds, splitValueAt(hasher, joined.leastKey(group), 0, seed));
    });
    return { verdict: new Uint8Array(batch.count), output };
  }

  return {
    name: "split",
    needsAll: true,
    names: bounds.names,
    stability: {
      isStable: false,
      sentence: "Adding pairs can move others: a new pair can join two clusters of near duplicates.",
    },
    observe,
    apply,
    close: () => joined.clear(),
  };
}
