import { type PairBatch, WORDS_PER_KEY } from "@dpo-kit/batch";
import { type CreateEntrySorter, memoryEntrySorters } from "@dpo-kit/io";
import { pairKey } from "../keys/pair-key.ts";
import { FirstPlaces } from "../pairs/first-places.ts";
import { readPair, type TokenColumns } from "../pairs/pair-view.ts";
import type { DatasetDiff, DiffEntry, DiffPlace } from "./dataset-diff.ts";
import { LengthHistograms, lengthDrifts } from "./length-histograms.ts";
import { type Change, matchCells } from "./match-cells.ts";
import type { Cell } from "./pair-cells.ts";
import { type DiffSide, PairEntries } from "./pair-entries.ts";

/** What is known of the pairs of a batch. */
export interface DiffPart {
  readonly side: DiffSide;
  /** The split the batch belongs to, such as `train`. Default: none, and no pair counts as moved. */
  readonly split?: string;
  /** The tokens of its lines, where they were counted. */
  readonly tokens?: TokenColumns;
}

/** How two datasets are compared. */
export interface DiffOptions {
  /**
   * Where pairs are sorted, 44 bytes each. Default: in memory, up to 1 GiB, beyond which IO_SORT_LIMIT is thrown;
   * `diskEntrySorters` of `@dpo-kit/io/node` go on on disk.
   */
  readonly createSorter?: CreateEntrySorter;
}

/**
 * Compares two datasets. Pairs are the same where prompt and answers are, but for case and white space (the keys of
 * `docs/keys.md`). The order of batches and of merging changes nothing.
 */
export class DiffCollector {
  readonly #entries: PairEntries;
  readonly #lengths: Record<DiffSide, LengthHistograms> = {
    old: new LengthHistograms(),
    new: new LengthHistograms(),
  };
  readonly #pairs: Record<DiffSide, number> = { old: 0, new: 0 };
  readonly #words = new Uint32Array(WORDS_PER_KEY);

  constructor({ createSorter = memoryEntrySorters() }: DiffOptions = {}) {
    this.#entries = new PairEntries(createSorter);
  }

  /**
   * Adds the pairs of a batch to one of the two datasets.
   * @throws IO_SORT_LIMIT
   */
  observe(batch: PairBatch, { side, split = "", tokens }: DiffPart): void {
    for (let line = 0; line < batch.count; line += 1) {
      const pair = readPair(batch, line, tokens);
      const { words, direction } = pairKey(batch, line, this.#words);
      this.#pairs[side] += 1;
      this.#lengths[side].observe(pair);
      this.#entries.add({ key: words, isForward: direction === 0, side, split, place: pair.place });
    }
  }

  /** Adds what another collector saw. */
  merge(other: DiffCollector): void {
    for (const side of ["old", "new"] as const) {
      this.#pairs[side] += other.#pairs[side];
      this.#lengths[side].merge(other.#lengths[side]);
    }
    this.#entries.merge(other.#entries);
  }

  /** What changed. Nothing can be added after that. */
  result(): DatasetDiff {
    const tallies: Record<Change, Tally> = {
      unchanged: new Tally(),
      moved: new Tally(),
      flipped: new Tally(),
      removed: new Tally(),
      added: new Tally(),
    };
    for (const cells of this.#entries.groups()) {
      for (const { change, count, cell } of matchCells(cells.old, cells.new)) {
        tallies[change].add(count, cell);
      }
    }
    const { unchanged, added, removed, flipped, moved } = tallies;
    return {
      schema: "dpo-kit/diff@1",
      old: this.#pairs.old,
      new: this.#pairs.new,
      unchanged: unchanged.entry().pairs,
      added: added.entry(),
      removed: removed.entry(),
      flipped: flipped.entry(),
      moved: moved.entry(),
      same: [added, removed, flipped, moved].every((tally) => tally.entry().pairs === 0),
      drift: lengthDrifts(this.#lengths.old, this.#lengths.new),
    };
  }

  /** Gives back what it holds on disk. Safe to call more than once. */
  close(): void {
    this.#entries.close();
  }
}

/** Counts the pairs of one kind of change. */
class Tally {
  readonly #places = new FirstPlaces<DiffPlace>();
  #pairs = 0;

  add(count: number, { place, split }: Cell): void {
    this.#pairs += count;
    this.#places.add({ ...place, split });
  }

  entry(): DiffEntry {
    return { pairs: this.#pairs, places: this.#places.list() };
  }
}
