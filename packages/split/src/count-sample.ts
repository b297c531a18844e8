import { createKeyHasher, type PairBatch, type VerdictColumn, verdicts } from "@dpo-kit/batch";
import { type CreateEntrySorter, memoryEntrySorters } from "@dpo-kit/io";
import { compareWords } from "./compare-words.ts";
import { createDraw } from "./drawn-value.ts";
import { copyKey, eachKept, WORDS_PER_VALUE, writeSplitValue } from "./pair-entries.ts";
import { checkSeed } from "./seed.ts";
import type { SampleReducer } from "./share-sample.ts";
import { SmallestEntries } from "./smallest-entries.ts";
import { invalidSplit } from "./split-bounds.ts";

/** How many pairs are sampled. */
export interface CountSampleOptions {
  /** How many pairs are kept; all, where there are fewer. A whole number from 1. */
  readonly count: number;
  /** Default: 42. */
  readonly seed?: number;
  /** Where keys are sorted, 24 bytes for each of twice as many pairs as are kept. Default: in memory. */
  readonly createSorter?: CreateEntrySorter;
}

/** An entry: the value drawn for the line in two words, its key in four. */
const WIDTH = WORDS_PER_VALUE + 4;

/**
 * Samples exactly so many pairs: those whose lines have the smallest keyed hashes. Which lines these are does not
 * depend on their order. Of equal lines the first are kept.
 *
 * @throws SPLIT_INVALID
 */
export async function createCountSample(options: CountSampleOptions): Promise<SampleReducer> {
  const { count, createSorter = memoryEntrySorters() } = options;
  if (!Number.isSafeInteger(count) || count < 1) {
    throw invalidSplit(`The sample is ${count}; it must be a whole number from 1`);
  }
  const draw = createDraw(await createKeyHasher(), "sample", checkSeed(options.seed));
  const smallest = new SmallestEntries(count, WIDTH, createSorter);
  const entry = new Uint32Array(WIDTH);
  let last: Uint32Array | undefined;
  let equalLeft = 0;

  function writeEntry({ lineKey }: PairBatch, pair: number): void {
    writeSplitValue(entry, 0, draw(lineKey, pair));
    copyKey(lineKey, pair, { target: entry, at: WORDS_PER_VALUE });
  }

  function isTaken(): boolean {
    const order = last === undefined ? -1 : compareWords(entry, last);
    equalLeft -= order === 0 ? 1 : 0;
    return order < 0 || (order === 0 && equalLeft >= 0);
  }

  return {
    name: "sample",
    needsAll: true,
    stability: {
      isStable: false,
      sentence:
        "Adding pairs can take others out: the count is exact, so a new pair can take the place of an old one.",
    },
    observe(batch, current) {
      eachKept(batch, current, (pair) => {
        writeEntry(batch, pair);
        smallest.add(entry);
      });
    },
    decide() {
      const cutoff = smallest.cutoff();
      last = cutoff?.entry;
      equalLeft = cutoff?.equal ?? 0;
      smallest.close();
    },
    apply(batch, current): VerdictColumn {
      const verdict = new Uint8Array(batch.count);
      eachKept(batch, current, (pair) => {
        writeEntry(batch, pair);
        verdict[pair] = isTaken() ? verdicts.keep : verdicts.sampledOut;
      });
      return { verdict };
    },
    close: () => smallest.close(),
  };
}
