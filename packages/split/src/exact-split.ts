import { createKeyHasher, type PairBatch } from "@dpo-kit/batch";
import { type CreateEntrySorter, memoryEntrySorters, readNumber, writeNumber } from "@dpo-kit/io";
import type { Issue } from "@dpo-kit/schema";
import { createGroupKeys, type GroupBy } from "./group-keys.ts";
import { PairDecisions } from "./pair-decisions.ts";
import { copyKey, eachKept, splitValueAt, writeSplitValue } from "./pair-entries.ts";
import { Rooms } from "./rooms.ts";
import { RunStarts, runSizes } from "./run-starts.ts";
import { checkSeed } from "./seed.ts";
import { inOrder, invalidSplit } from "./split-bounds.ts";
import type { SplitName } from "./split-names.ts";
import { applyOutputs, type SplitReducer } from "./split-reducer.ts";

/** A part of a split by count. */
export interface SplitCount {
  readonly name: SplitName;
  /** How many go into it; absent for the one part that takes the rest. */
  readonly count?: number;
}

/** How pairs are split by count. */
export interface ExactSplitOptions {
  /** Two or three parts, one of them without a count. */
  readonly splits: readonly SplitCount[];
  /** What is counted: pairs, or the groups of `by`. Default: pairs. */
  readonly unit?: "pairs" | "groups";
  /** What never stands on two sides. Default: `prompt`. */
  readonly by?: GroupBy;
  /** Default: 42. */
  readonly seed?: number;
  /** Where keys are sorted, 32 bytes a pair. Default: in memory. */
  readonly createSorter?: CreateEntrySorter;
}

/** An entry: the split value of the group in two words, its key in four, the number of the pair in two. */
const KEY_AT = 2;
const PAIR_AT = 6;
const WIDTH = 8;

/**
 * Splits by exact counts. Groups are taken in the order of their split values, each by the first part that has
 * room for all of it; so the result depends on the pairs and the seed, not on their order. Groups are never broken:
 * where no combination of whole groups was met that fills a part, it stays short, and `notes` says so.
 *
 * @throws SPLIT_INVALID; later SPLIT_TOO_FEW where there is less than was asked for.
 */
export async function createExactSplit(options: ExactSplitOptions): Promise<SplitReducer> {
  const { unit = "pairs", by = "prompt", createSorter = memoryEntrySorters() } = options;
  const parts = checkCounts(options.splits);
  const names = parts.map(({ name }) => name);
  const seed = checkSeed(options.seed);
  const hasher = await createKeyHasher();
  const groupKeys = createGroupKeys(by, hasher);
  const sorter = createSorter(WIDTH);
  const decisions = new PairDecisions(createSorter);
  const entry = new Uint32Array(WIDTH);
  const notes: Issue[] = [];
  let observed = 0;

  function observe(batch: PairBatch, current: Uint8Array): void {
    const keys = groupKeys(batch);
    eachKept(batch, current, (pair) => {
      copyKey(keys, pair, { target: entry, at: KEY_AT });
      writeSplitValue(entry, 0, splitValueAt(hasher, entry, KEY_AT, seed));
      writeNumber(entry, PAIR_AT, observed + pair);
      sorter.add(entry);
    });
    observed += batch.count;
  }

  function decide(): void {
    const rooms = new Rooms(parts);
    const starts = new RunStarts(PAIR_AT);
    // A second reader runs ahead and counts: a group may be larger than memory.
    const sizes = runSizes(sorter, PAIR_AT);
    let output = 0;
    for (const each of sorter.sorted()) {
      if (starts.at(each)) {
        const size = sizes.next().value!;
        output = rooms.take(unit === "pairs" ? size : 1);
      }
      if (output !== 0) {
        decisions.add(readNumber(each, PAIR_AT), output);
      }
    }
    sorter.close();
    notes.push(...rooms.check(unit));
  }

  return {
    name: "split",
    needsAll: true,
    names,
    stability: {
      isStable: false,
      sentence: `Adding pairs can move others: the counts are exact, so a new ${unit === "pairs" ? "pair" : "group"} can take the place of an old one.`,
    },
    observe,
    decide,
    apply: applyOutputs(decisions),
    notes: () => notes,
    close() {
      sorter.close();
      decisions.close();
    },
  };
}

function checkCounts(splits: readonly SplitCount[]): SplitCount[] {
  const parts = inOrder(splits);
  const wrong = parts.find(({ count = 1 }) => !Number.isSafeInteger(count) || count < 1);
  if (wrong !== undefined) {
    throw invalidSplit(`The count of ${wrong.name} is ${wrong.count}; it must be a whole number from 1`);
  }
  if (parts.filter(({ count }) => count === undefined).length !== 1) {
    throw invalidSplit("Of a split by counts one part takes the rest and has none");
  }
  return parts;
}
