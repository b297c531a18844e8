import type { Reducer } from "@dpo-kit/batch";
import {
  type AgainstReducer,
  type ConflictReducer,
  createAgainst,
  createConflictReducer,
  createExactDedupe,
  createNearClusters,
  createNearDedupe,
  createNormalisedDedupe,
  formatConflict,
  type MemoryOptions,
  type NearDedupeOptions,
} from "@dpo-kit/dedupe";
import { createDiskSpill, type DiskSpill } from "@dpo-kit/dedupe/node";
import type { CreateEntrySorter } from "@dpo-kit/io";
import { diskEntrySorters } from "@dpo-kit/io/node";
import {
  createCountSample,
  createExactSplit,
  createHashSplit,
  createMaxPairsPerPrompt,
  createNearSplit,
  createShareSample,
  createShuffle,
  createStratifiedSplit,
  type GroupBy,
  type Shuffle,
  type SplitReducer,
} from "@dpo-kit/split";
import { diskLineSorters } from "@dpo-kit/split/node";
import type { ReducerPlan } from "../conversion-plan.ts";
import type { ReducingRequest } from "../conversion-request.ts";
import type { SplitShare } from "../options/parse-splits.ts";
import { hasCounts, splitOf } from "../plan-reducers.ts";
import { createTokenLimit } from "../tokens/create-token-limit.ts";
import { encodingChoice } from "../tokens/token-request.ts";

/** What reducers are made of. */
export interface ReducersOptions {
  readonly request: ReducingRequest;
  readonly plans: readonly ReducerPlan[];
  /** The names of the sources by their number. */
  readonly sources: readonly string[];
  /** An existing folder for what does not fit into memory, beside the output. */
  readonly folder: string;
  /** Takes a line of JSON, without its end, for each contradiction. */
  readonly onConflict?: ((line: string) => void | Promise<void>) | undefined;
}

/** The reducers of a run, and what else is asked of some of them. */
export interface Reducers {
  /** In the order of their plans. */
  readonly all: readonly Reducer[];
  /** Waits for the held-out pairs to be added. */
  readonly against?: AgainstReducer;
  readonly conflicts?: ConflictReducer;
  readonly split?: SplitReducer;
  readonly shuffle?: Shuffle;
  /** Frees what they keep on disk. Safe to call more than once. */
  close(): Promise<void>;
}

/** What `memory` is where it is not given: 1 GB. */
export const DEFAULT_MEMORY = 1e9;

/** A reducer sorts up to three lists of entries at a time. */
const SORTERS_PER_REDUCER = 3;

/**
 * Makes the planned reducers. Each has an equal share of the memory.
 * @throws SPLIT_INVALID IO_WRITE_FAILED
 */
export async function createReducers(options: ReducersOptions): Promise<Reducers> {
  const { request, plans, folder } = options;
  const spill = createDiskSpill(folder);
  const memory = (request.memory ?? DEFAULT_MEMORY) / Math.max(1, plans.length);
  const maker = new ReducerMaker(options, { memory, spill });
  try {
    for (const { id } of plans) {
      await maker.make(id);
    }
  } catch (error) {
    spill.close();
    throw error;
  }
  return {
    all: maker.made,
    ...maker.known,
    async close() {
      for (const reducer of maker.made) {
        await reducer.close?.();
      }
      maker.known.shuffle?.close();
      spill.close();
    },
  };
}

class ReducerMaker {
  readonly made: Reducer[] = [];
  readonly known: {
    against?: AgainstReducer;
    conflicts?: ConflictReducer;
    split?: SplitReducer;
    shuffle?: Shuffle;
  } = {};
  readonly #options: ReducersOptions;
  readonly #memory: MemoryOptions & { readonly memory: number; readonly spill: DiskSpill };
  readonly #createSorter: CreateEntrySorter;

  constructor(options: ReducersOptions, memory: { memory: number; spill: DiskSpill }) {
    this.#options = options;
    this.#memory = memory;
    const maxBytes = memory.memory / SORTERS_PER_REDUCER;
    this.#createSorter = diskEntrySorters({ directory: options.folder, maxBytes });
  }

  async make(id: string): Promise<void> {
    const { request } = this.#options;
    switch (id) {
      case "against":
        this.known.against = await this.#against(request);
        return this.#add(this.known.against);
      case "max-tokens":
        return this.#add(await this.#tokenLimit(request));
      case "conflicts":
        return this.#makeConflicts(request);
      case "dedupe":
        return this.#add(await this.#dedupe(request));
      case "near":
        return this.#add(createNearDedupe({ ...this.#memory, ...nearOf(request) }));
      case "max-pairs-per-prompt":
        return this.#add(
          createMaxPairsPerPrompt({ count: request.maxPairsPerPrompt!, createSorter: this.#createSorter }),
        );
      case "sample":
        return this.#add(await this.#sample(request));
      case "split":
        this.known.split = await this.#split(request, splitOf(request)!);
        return this.#add(this.known.split);
      default:
        this.known.shuffle = await this.#shuffle(request);
        return this.#add(observerFor(this.known.shuffle));
    }
  }

  #add(reducer: Reducer): void {
    this.made.push(reducer);
  }

  /** The first of opposite pairs is kept as they come, so that contradictions are listed by a reducer before. */
  async #makeConflicts({ conflicts: policy = "keep", listConflicts }: ReducingRequest): Promise<void> {
    const { sources, onConflict } = this.#options;
    const listing =
      onConflict === undefined || listConflicts === undefined
        ? {}
        : {
            onConflict: (conflict: Parameters<typeof formatConflict>[0]) =>
              onConflict(formatConflict(conflict)),
          };
    const common = { ...this.#memory, sources };
    if (policy === "keep-first" && listConflicts !== undefined) {
      this.#add(await createConflictReducer({ ...common, ...listing, policy: "keep" }));
    }
    this.known.conflicts = await createConflictReducer({ ...common, ...listing, policy });
    this.#add(this.known.conflicts);
  }

  /** The tokenizer takes a while to load: only where it is asked for. */
  async #tokenLimit(request: ReducingRequest): Promise<Reducer> {
    const { createTokenCounter } = await import("@dpo-kit/tokens");
    const { maxTokens, over = "drop" } = request;
    const counter = await createTokenCounter(encodingChoice(request));
    return createTokenLimit({ counter, maxTokens: maxTokens!, over, sources: this.#options.sources });
  }

  #against({
    against: _,
    againstMatch: match,
    againstOn: on,
    near,
  }: ReducingRequest): Promise<AgainstReducer> {
    return createAgainst({ ...this.#memory, match, on, threshold: near });
  }

  async #dedupe({ dedupe }: ReducingRequest): Promise<Reducer> {
    return dedupe === "exact" ? createExactDedupe(this.#memory) : createNormalisedDedupe(this.#memory);
  }

  #sample({ sample, ...request }: ReducingRequest): Promise<Reducer> {
    const { kind, value } = sample!;
    return kind === "percent"
      ? createShareSample({ share: value / 100, ...seedOf(request) })
      : createCountSample({ count: value, ...seedOf(request), createSorter: this.#createSorter });
  }

  #split(request: ReducingRequest, shares: readonly SplitShare[]): Promise<SplitReducer> {
    const { splitBy, stratify } = request;
    const createSorter = this.#createSorter;
    if (splitBy === "near") {
      return this.#nearSplit(request, shares);
    }
    const common = { by: this.#groupBy(request), ...seedOf(request) };
    if (hasCounts(shares)) {
      const splits = shares.map(({ name, amount: { value } }) =>
        Number.isFinite(value) ? { name, count: value } : { name },
      );
      return createExactSplit({ ...common, splits, createSorter });
    }
    const splits = ratiosOf(shares);
    if (stratify === undefined) {
      return createHashSplit({ ...common, splits });
    }
    const by = stratify === "source" || stratify === "length" ? stratify : { field: stratify };
    return createStratifiedSplit({ ...common, splits, stratify: by, createSorter });
  }

  /** What is near is found out by a reducer before, which takes nothing out. */
  #nearSplit(request: ReducingRequest, shares: readonly SplitShare[]): Promise<SplitReducer> {
    const { nearOn: on } = request;
    const memory = this.#memory.memory / 2;
    const clusters = createNearClusters({ ...this.#memory, memory, on });
    this.#add(clusters);
    return createNearSplit({
      splits: ratiosOf(shares),
      ...seedOf(request),
      clusterKeyOf: (pair) => clusters.clusterKeyOf(pair),
      maxBytes: memory,
    });
  }

  #groupBy({ splitBy = "prompt" }: ReducingRequest): GroupBy {
    if (splitBy === "prompt" || splitBy === "conversation") {
      return splitBy;
    }
    return splitBy === "source" ? { sources: this.#options.sources } : { field: splitBy };
  }

  #shuffle(request: ReducingRequest): Promise<Shuffle> {
    const { folder: directory } = this.#options;
    const createLineSorter = diskLineSorters({ directory, maxBytes: this.#memory.memory });
    return createShuffle({ ...seedOf(request), createSorter: this.#createSorter, createLineSorter });
  }
}

function nearOf({ near: threshold, nearOn: on, allowRemoval }: ReducingRequest): NearDedupeOptions {
  return { threshold, on, allowRemoval };
}

function ratiosOf(shares: readonly SplitShare[]): { name: SplitShare["name"]; ratio: number }[] {
  return shares.map(({ name, amount }) => ({ name, ratio: amount.value }));
}

function seedOf({ seed }: ReducingRequest): { seed?: number } {
  return seed === undefined ? {} : { seed };
}

/** A shuffle sees all pairs before the second pass; it is closed when its lines were read, and not before. */
function observerFor({ observe }: Shuffle): Reducer {
  return {
    name: "shuffle",
    needsAll: true,
    observe,
    apply: ({ count }) => ({ verdict: new Uint8Array(count) }),
  };
}
