import {
  type ObservedPairs,
  type PairBatch,
  type Reducer,
  type VerdictColumn,
  verdicts,
  WORDS_PER_KEY,
} from "@dpo-kit/batch";
import { DEFAULT_MEMORY } from "../spill/memory-options.ts";
import { CandidateFinder, type Candidates } from "./candidate-finder.ts";
import { type NearOptions, resolveNearOptions } from "./near-options.ts";
import { PairForest } from "./pair-forest.ts";
import { likeness } from "./pair-shingles.ts";
import { ShingleCache } from "./shingle-cache.ts";

/** Finds out which pairs are near duplicates, and keeps them all. */
export interface NearClusters extends Reducer {
  /**
   * The prompt key of the first pair of the cluster that a pair is in, as four words; undefined where it is alone.
   * Pairs are numbered from 0 in the order in which they come. Known for all pairs up to the batch that was
   * last given to `apply`.
   */
  clusterKeyOf(pair: number): Uint32Array | undefined;
}

/**
 * Makes a global reducer that finds clusters of near duplicates for a split, with `on` by default `prompt`.
 *
 * Unlike {@link createNearDedupe} it puts all that is connected together: whatever is near to any pair of a
 * cluster is in it, as a near duplicate on the other side of a split is a leak. Takes eight bytes a pair and
 * sixteen a cluster on top of `memory`.
 *
 * @throws RUN_OPTION_INVALID
 */
export function createNearClusters(options: NearOptions = {}): NearClusters {
  return new ConnectedClusters({ ...options, on: options.on ?? "prompt" });
}

class ConnectedClusters implements NearClusters {
  readonly name = "near-clusters";
  readonly needsAll = true;
  readonly #options: ReturnType<typeof resolveNearOptions>;
  readonly #memory: number;
  readonly #finder: CandidateFinder;
  #forest = new PairForest(0);
  /** Of the first pair of each cluster the cluster's number from 1; 0 of all others. */
  #clusterOf: Uint32Array = new Uint32Array(0);
  /** Of each cluster the prompt key of its first pair; all zero until that pair was seen again. */
  #keys: Uint32Array = new Uint32Array(0);
  #seen = 0;
  #given = 0;

  constructor(options: NearOptions) {
    this.#options = resolveNearOptions(options);
    this.#memory = options.memory ?? DEFAULT_MEMORY;
    this.#finder = new CandidateFinder({ ...this.#options, memory: this.#memory * 0.75 });
  }

  observe(batch: PairBatch, current: Uint8Array): void {
    for (let pair = 0; pair < batch.count; pair += 1) {
      if (current[pair] === verdicts.keep) {
        this.#finder.observe(batch, pair, this.#seen + pair);
      }
    }
    this.#seen += batch.count;
  }

  async decide(observed: ObservedPairs): Promise<void> {
    const shingles = new ShingleCache(observed, { on: this.#options.on, memory: this.#memory / 4 });
    this.#forest = new PairForest(observed.count);
    for (const candidates of this.#finder.candidates()) {
      await this.#join(candidates, shingles);
    }
    this.#numberClusters(observed.count);
  }

  apply(batch: PairBatch): VerdictColumn {
    for (let pair = 0; pair < batch.count; pair += 1) {
      const cluster = this.#clusterOf[this.#given + pair]!;
      if (cluster !== 0) {
        const at = pair * WORDS_PER_KEY;
        this.#keys.set(batch.promptKey.subarray(at, at + WORDS_PER_KEY), (cluster - 1) * WORDS_PER_KEY);
      }
    }
    this.#given += batch.count;
    return { verdict: new Uint8Array(batch.count) };
  }

  clusterKeyOf(pair: number): Uint32Array | undefined {
    const cluster = this.#clusterOf[this.#forest.find(pair)]!;
    const at = (cluster - 1) * WORDS_PER_KEY;
    return cluster === 0 ? undefined : this.#keys.subarray(at, at + WORDS_PER_KEY);
  }

  close(): void {
    this.#finder.close();
  }

  /** Joins a pair with all that it is near to. */
  async #join({ pair, earlier }: Candidates, cache: ShingleCache): Promise<void> {
    const { threshold } = this.#options;
    const shingles = await cache.read(pair);
    for (const other of earlier) {
      const isKnown = this.#forest.find(pair) === this.#forest.find(other);
      if (!isKnown && likeness(shingles, await cache.read(other), threshold) >= threshold) {
        this.#forest.join(pair, other);
      }
    }
  }

  #numberClusters(pairs: number): void {
    let clusters = 0;
    this.#clusterOf = new Uint32Array(pairs);
    for (let pair = 0; pair < pairs; pair += 1) {
      const first = this.#forest.find(pair);
      if (first !== pair && this.#clusterOf[first] === 0) {
        clusters += 1;
        this.#clusterOf[first] = clusters;
      }
    }
    this.#keys = new Uint32Array(clusters * WORDS_PER_KEY);
  }
}
