import {
  type ObservedPairs,
  type PairBatch,
  type Reducer,
  type VerdictColumn,
  verdicts,
} from "@dpo-kit/batch";
import { DataError } from "@dpo-kit/schema";
import { DEFAULT_MEMORY } from "../spill/memory-options.ts";
import { VerdictList } from "../spill/verdict-list.ts";
import { CandidateFinder, type Candidates } from "./candidate-finder.ts";
import { type NearOptions, resolveNearOptions } from "./near-options.ts";
import { PairForest } from "./pair-forest.ts";
import { likeness } from "./pair-shingles.ts";
import { ShingleCache } from "./shingle-cache.ts";

/** How near duplicates are taken out. */
export interface NearDedupeOptions extends NearOptions {
  /** The share of the pairs that may go, 0 to 1: if more would, nothing goes and it stops. Default: 0.2. */
  readonly allowRemoval?: number | undefined;
}

/** Default of {@link NearDedupeOptions.allowRemoval}. */
export const DEFAULT_ALLOWED_REMOVAL = 0.2;

/**
 * Makes the global reducer that keeps the first of near duplicates.
 *
 * In the order of the input each pair joins the earliest cluster whose first pair it is near to, or begins one.
 * Each that goes is thus near to the one that stays in its place, which `insteadOf` names with the likeness: a
 * chain of pairs, each near to the next, does not fall together (the leader algorithm: Hartigan 1975, Clustering
 * Algorithms, chapter 3; what happens without such a guard:
 * https://github.com/ChenghaoMou/text-dedup/issues/129). Candidates are compared by the real Jaccard likeness of
 * their word 5-grams, so nothing goes on an estimate.
 *
 * Takes four bytes a pair on top of `memory`. `decide` throws DEDUPE_REMOVES_TOO_MANY, DEDUPE_MEMORY where there is no `spill`, and IO_WRITE_FAILED.
 *
 * @throws RUN_OPTION_INVALID
 */
export function createNearDedupe(options: NearDedupeOptions = {}): Reducer {
  return new NearDedupe(options);
}

class NearDedupe implements Reducer {
  readonly name = "near-dedupe";
  readonly needsAll = true;
  readonly #options: ReturnType<typeof resolveNearOptions>;
  readonly #memory: number;
  readonly #allowRemoval: number;
  readonly #finder: CandidateFinder;
  readonly #decided: VerdictList;
  #seen = 0;
  #considered = 0;

  constructor(options: NearDedupeOptions) {
    this.#options = resolveNearOptions(options);
    this.#memory = options.memory ?? DEFAULT_MEMORY;
    this.#allowRemoval = options.allowRemoval ?? DEFAULT_ALLOWED_REMOVAL;
    this.#finder = new CandidateFinder({ ...this.#options, memory: this.#memory * 0.75 });
    this.#decided = new VerdictList({ ...options, memory: this.#memory / 8 });
  }

  observe(batch: PairBatch, current: Uint8Array): void {
    for (let pair = 0; pair < batch.count; pair += 1) {
      if (current[pair] === verdicts.keep) {
        this.#finder.observe(batch, pair, this.#seen + pair);
        this.#considered += 1;
      }
    }
    this.#seen += batch.count;
  }

  async decide(observed: ObservedPairs): Promise<void> {
    const shingles = new ShingleCache(observed, { on: this.#options.on, memory: this.#memory / 8 });
    const clusters = new PairForest(observed.count);
    for (const candidates of this.#finder.candidates()) {
      await this.#place(candidates, clusters, shingles);
    }
    this.#checkRemoval();
  }

  apply(batch: PairBatch): VerdictColumn {
    return this.#decided.takeColumn(batch.count);
  }

  close(): void {
    this.#finder.close();
    this.#decided.close();
  }

  /** Puts a pair into the earliest cluster whose first pair it is near to. */
  async #place({ pair, earlier }: Candidates, clusters: PairForest, cache: ShingleCache): Promise<void> {
    const { threshold } = this.#options;
    const firsts = new Set(earlier.map((each) => clusters.find(each)));
    const shingles = await cache.read(pair);
    for (const first of [...firsts].sort((one, other) => one - other)) {
      const score = likeness(shingles, await cache.read(first), threshold);
      if (score >= threshold) {
        clusters.join(first, pair);
        this.#decided.add({ number: pair, verdict: verdicts.duplicate, kept: first, score });
        return;
      }
    }
  }

  #checkRemoval(): void {
    const removed = this.#decided.count;
    if (removed > this.#considered * this.#allowRemoval) {
      const share = (share: number) => `${(share * 100).toFixed(1)} %`;
      throw new DataError("DEDUPE_REMOVES_TOO_MANY", {
        message:
          `${removed} of ${this.#considered} pairs are near duplicates (${share(removed / this.#considered)}), ` +
          `and ${share(this.#allowRemoval)} may go`,
      });
    }
  }
}
