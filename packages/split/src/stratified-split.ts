import { createKeyHasher, type KeyHasher, type PairBatch } from "@dpo-kit/batch";
import {
  type CreateEntrySorter,
  type EntrySorter,
  memoryEntrySorters,
  readNumber,
  writeNumber,
} from "@dpo-kit/io";
import { createGroupKeys, type GroupBy } from "./group-keys.ts";
import { PairDecisions } from "./pair-decisions.ts";
import { copyKey, copyWords, eachKept, splitValueAt, writeSplitValue } from "./pair-entries.ts";
import { RunStarts } from "./run-starts.ts";
import { checkSeed } from "./seed.ts";
import { outputOf, type SplitBounds, splitBounds } from "./split-bounds.ts";
import type { SplitShare } from "./split-names.ts";
import { applyOutputs, type SplitReducer } from "./split-reducer.ts";
import { type StratifyBy, strataOf } from "./strata.ts";

/** How pairs are split so that every part has the same mixture. */
export interface StratifiedSplitOptions {
  /** Two or three parts whose ratios sum to 1. */
  readonly splits: readonly SplitShare[];
  readonly stratify: StratifyBy;
  /** What never stands on two sides. Default: `prompt`. */
  readonly by?: GroupBy;
  /** Default: 42. */
  readonly seed?: number;
  /** Where keys are sorted, 32 and then 40 bytes a pair. Default: in memory. */
  readonly createSorter?: CreateEntrySorter;
}

/** An entry by group: its key in four words, the stratum of the pair in two, the number of the pair in two. */
const byGroup = { key: 0, stratum: 4, pair: 6, width: 8 } as const;

/** An entry by stratum: it in two words, the group's split value in two, its key in four, the pair in two. */
const byStratum = { stratum: 0, value: 2, key: 4, pair: 8, width: 10 } as const;

/**
 * Splits so that each part has its share of the groups of every stratum, to the nearest whole group. Of the n
 * groups of a stratum in the order of their split values, the r-th (from 0) goes where (r + ½)/n lies among the
 * cumulative ratios. A group whose pairs are of several strata counts to the one that sorts first: groups are
 * never broken. The result does not depend on the order of the pairs.
 *
 * @throws SPLIT_INVALID; later SPLIT_FIELD_UNKNOWN where the pairs lack a field.
 */
export async function createStratifiedSplit(options: StratifiedSplitOptions): Promise<SplitReducer> {
  const { stratify, by = "prompt", createSorter = memoryEntrySorters() } = options;
  const bounds = splitBounds(options.splits);
  const seed = checkSeed(options.seed);
  const hasher = await createKeyHasher();
  const groupKeys = createGroupKeys(by, hasher);
  const groups = createSorter(byGroup.width);
  const strata = createSorter(byStratum.width);
  const decisions = new PairDecisions(createSorter);
  const entry = new Uint32Array(byGroup.width);
  let observed = 0;

  function observe(batch: PairBatch, current: Uint8Array): void {
    const keys = groupKeys(batch);
    const writeStratum = strataOf(batch, stratify);
    eachKept(batch, current, (pair) => {
      copyKey(keys, pair, { target: entry, at: byGroup.key });
      writeStratum(pair, entry, byGroup.stratum);
      writeNumber(entry, byGroup.pair, observed + pair);
      groups.add(entry);
    });
    observed += batch.count;
  }

  return {
    name: "split",
    needsAll: true,
    names: bounds.names,
    stability: {
      isStable: false,
      sentence: "Adding pairs can move others: each part is filled up with its share of every stratum.",
    },
    observe,
    decide() {
      sortByStratum({ groups, strata, hasher, seed });
      groups.close();
      decideByStratum(strata, bounds, decisions);
      strata.close();
    },
    apply: applyOutputs(decisions),
    close() {
      groups.close();
      strata.close();
      decisions.close();
    },
  };
}

interface Sorting {
  readonly groups: EntrySorter;
  readonly strata: EntrySorter;
  readonly hasher: KeyHasher;
  readonly seed: number;
}

/** Gives every pair the stratum of its group. */
function sortByStratum({ groups, strata, hasher, seed }: Sorting): void {
  const starts = new RunStarts(byGroup.stratum);
  const entry = new Uint32Array(byStratum.width);
  for (const pair of groups.sorted()) {
    if (starts.at(pair)) {
      copyWords(pair, { from: byGroup.stratum, count: 2 }, { target: entry, at: byStratum.stratum });
      copyKey(pair, 0, { target: entry, at: byStratum.key });
      writeSplitValue(entry, byStratum.value, splitValueAt(hasher, pair, byGroup.key, seed));
    }
    copyWords(pair, { from: byGroup.pair, count: 2 }, { target: entry, at: byStratum.pair });
    strata.add(entry);
  }
}

function decideByStratum(strata: EntrySorter, bounds: SplitBounds, decisions: PairDecisions): void {
  const sizes = countGroups(strata);
  const place = new StratumCursor();
  let output = 0;
  for (const pair of strata.sorted()) {
    if (place.goTo(pair)) {
      output = outputOf(bounds, (place.rank + 0.5) / sizes[place.stratum]!);
    }
    if (output !== 0) {
      decisions.add(readNumber(pair, byStratum.pair), output);
    }
  }
}

/** How many groups each stratum has, in the order in which they are sorted. */
function countGroups(strata: EntrySorter): number[] {
  const sizes: number[] = [];
  const place = new StratumCursor();
  for (const pair of strata.sorted()) {
    place.goTo(pair);
    sizes[place.stratum] = place.rank + 1;
  }
  return sizes;
}

/** Goes through pairs in the order of their strata and, within these, of their groups. */
class StratumCursor {
  /** The number of the stratum, from 0. */
  stratum = -1;
  /** The number of the group in its stratum, from 0. */
  rank = -1;
  readonly #strata = new RunStarts(byStratum.value);
  readonly #groups = new RunStarts(byStratum.pair);

  /** Goes to the next pair; gives whether it is the first of its group. */
  goTo(pair: Uint32Array): boolean {
    if (this.#strata.at(pair)) {
      this.stratum += 1;
      this.rank = -1;
    }
    const isFirst = this.#groups.at(pair);
    this.rank += isFirst ? 1 : 0;
    return isFirst;
  }
}
