import { type PairBatch, WORDS_PER_KEY } from "@dpo-kit/batch";
import { compactKey } from "../keys/compact-key.ts";
import { KeySample } from "../keys/key-sample.ts";
import { pairKey } from "../keys/pair-key.ts";
import { FirstPlaces } from "../pairs/first-places.ts";
import type { PairPlace } from "../pairs/pair-place.ts";
import { type PairView, readPair, type TokenColumns } from "../pairs/pair-view.ts";
import type { DatasetDiff, DiffEntry } from "./dataset-diff.ts";
import { LengthHistograms, lengthDrifts } from "./length-histograms.ts";
import { type Change, matchCells } from "./match-cells.ts";
import { addCell, type Cell } from "./pair-cells.ts";

/** What is known of the pairs of a batch. */
export interface DiffPart {
  readonly side: "old" | "new";
  /** The split the batch belongs to, such as `train`. Default: none, and no pair counts as moved. */
  readonly split?: string;
  /** The tokens of its lines, where they were counted. */
  readonly tokens?: TokenColumns;
}

/** How many different pairs are remembered, unless it is said otherwise: some 450 MB. */
export const DEFAULT_REMEMBERED_PAIRS: number = 2 ** 19;

interface Cells {
  readonly old: readonly Cell[];
  readonly new: readonly Cell[];
}

const noCells: Cells = { old: [], new: [] };

/**
 * Compares two datasets. Pairs are the same where prompt and answers are, but for case and white space (the keys of
 * `docs/keys.md`). The order of batches and of merging changes nothing.
 */
export class DiffCollector {
  readonly #cells: KeySample<Cells>;
  readonly #lengths: Record<"old" | "new", LengthHistograms> = {
    old: new LengthHistograms(),
    new: new LengthHistograms(),
  };
  readonly #pairs: Record<"old" | "new", number> = { old: 0, new: 0 };
  readonly #words = new Uint32Array(WORDS_PER_KEY);

  /** `rememberedPairs`: how many different pairs are remembered; of more, a sample. Default: 524,288. */
  constructor(options: { readonly rememberedPairs?: number } = {}) {
    this.#cells = new KeySample(options.rememberedPairs ?? DEFAULT_REMEMBERED_PAIRS);
  }

  /** Adds the pairs of a batch to one of the two datasets. */
  observe(batch: PairBatch, { side, split = "", tokens }: DiffPart): void {
    for (let line = 0; line < batch.count; line += 1) {
      const pair = readPair(batch, line, tokens);
      this.#pairs[side] += 1;
      this.#lengths[side].observe(pair);
      this.#addCell(pair, side, split);
    }
  }

  /** Adds what another collector with the same options saw. */
  merge(other: DiffCollector): void {
    for (const side of ["old", "new"] as const) {
      this.#pairs[side] += other.#pairs[side];
      this.#lengths[side].merge(other.#lengths[side]);
    }
    this.#cells.merge(other.#cells, (mine, theirs) => ({
      old: theirs.old.reduce(addCell, mine?.old ?? []),
      new: theirs.new.reduce(addCell, mine?.new ?? []),
    }));
  }

  /** What changed. */
  result(): DatasetDiff {
    const tallies: Record<Change, Tally> = {
      unchanged: new Tally(),
      moved: new Tally(),
      flipped: new Tally(),
      removed: new Tally(),
      added: new Tally(),
    };
    for (const cells of this.#cells.values()) {
      for (const { change, count, cell } of matchCells(cells.old, cells.new)) {
        tallies[change].add(count, cell.place);
      }
    }
    const entry = (change: Change): DiffEntry => tallies[change].entry(this.#cells.weight);
    const changes = { added: entry("added"), removed: entry("removed"), flipped: entry("flipped") };
    const moved = entry("moved");
    return {
      schema: "dpo-kit/diff@1",
      old: this.#pairs.old,
      new: this.#pairs.new,
      unchanged: entry("unchanged").pairs,
      ...changes,
      moved,
      same: [...Object.values(changes), moved].every(({ pairs }) => pairs === 0),
      exact: this.#cells.weight === 1,
      drift: lengthDrifts(this.#lengths.old, this.#lengths.new),
    };
  }

  #addCell({ batch, line, place }: PairView, side: "old" | "new", split: string): void {
    const { words, direction } = pairKey(batch, line, this.#words);
    const cell: Cell = { split, isForward: direction === 0, count: 1, place };
    this.#cells.update(compactKey(words), words[0]!, (known = noCells) => ({
      ...known,
      [side]: addCell(known[side], cell),
    }));
  }
}

/** Counts the pairs of one kind of change. */
class Tally {
  readonly #places = new FirstPlaces<PairPlace>();
  #pairs = 0;

  add(count: number, place: PairPlace): void {
    this.#pairs += count;
    this.#places.add(place);
  }

  entry(weight: number): DiffEntry {
    return { pairs: this.#pairs * weight, places: this.#places.list() };
  }
}
