import { WORDS_PER_KEY } from "@dpo-kit/batch";
import { type CreateEntrySorter, type EntrySorter, readNumber, writeNumber } from "@dpo-kit/io";
import type { PairPlace } from "../pairs/pair-place.ts";
import { addCell, type Cell } from "./pair-cells.ts";

/** The two datasets that are compared. */
export type DiffSide = "old" | "new";

/** The pairs of each side that have one prompt and two answers in common. */
export type CellsBySide = Readonly<Record<DiffSide, readonly Cell[]>>;

/** A pair, as much of it as decides what became of it. */
export interface DiffPair {
  /** See {@link pairKey}. */
  readonly key: Uint32Array;
  readonly isForward: boolean;
  readonly side: DiffSide;
  readonly split: string;
  readonly place: PairPlace;
}

/** An entry: the key, the split with side and direction in its lowest bits, and the place. */
const TRAITS_AT = WORDS_PER_KEY;
const SOURCE_AT = TRAITS_AT + 1;
const ORDINAL_AT = SOURCE_AT + 1;
const LINE_AT = ORDINAL_AT + 2;
const PAIR_AT = LINE_AT + 2;
const WIDTH = PAIR_AT + 1;

/** The pairs of two datasets in the order of their keys, 44 bytes each: so that none has to be looked up. */
export class PairEntries {
  readonly #sorter: EntrySorter;
  readonly #splits: string[] = [];
  readonly #entry = new Uint32Array(WIDTH);

  constructor(createSorter: CreateEntrySorter) {
    this.#sorter = createSorter(WIDTH);
  }

  add({ key, isForward, side, split, place }: DiffPair): void {
    const entry = this.#entry;
    entry.set(key);
    entry[TRAITS_AT] = this.#numberOf(split) * 4 + (side === "new" ? 2 : 0) + (isForward ? 1 : 0);
    entry[SOURCE_AT] = place.sourceId;
    writeNumber(entry, ORDINAL_AT, place.ordinal);
    writeNumber(entry, LINE_AT, place.line);
    entry[PAIR_AT] = place.pairInRecord;
    this.#sorter.add(entry);
  }

  /** Adds what another one holds. */
  merge(other: PairEntries): void {
    for (const entry of other.#sorter.sorted()) {
      this.add(other.#pairOf(entry));
    }
  }

  /** The pairs of each key together, key by key. Nothing can be added after that. */
  *groups(): Generator<CellsBySide> {
    let key: Uint32Array | undefined;
    let cells: Record<DiffSide, readonly Cell[]> = { old: [], new: [] };
    for (const entry of this.#sorter.sorted()) {
      const pair = this.#pairOf(entry);
      if (key === undefined || !isSameKey(key, pair.key)) {
        yield cells;
        key = pair.key.slice();
        cells = { old: [], new: [] };
      }
      const { isForward, place, side, split } = pair;
      cells[side] = addCell(cells[side], { split, isForward, count: 1, place });
    }
    yield cells;
  }

  close(): void {
    this.#sorter.close();
  }

  #numberOf(split: string): number {
    const known = this.#splits.indexOf(split);
    return known === -1 ? this.#splits.push(split) - 1 : known;
  }

  #pairOf(entry: Uint32Array): DiffPair {
    const traits = entry[TRAITS_AT]!;
    return {
      key: entry.subarray(0, WORDS_PER_KEY),
      isForward: (traits & 1) === 1,
      side: (traits & 2) === 2 ? "new" : "old",
      split: this.#splits[traits >>> 2]!,
      place: {
        sourceId: entry[SOURCE_AT]!,
        ordinal: readNumber(entry, ORDINAL_AT),
        line: readNumber(entry, LINE_AT),
        pairInRecord: entry[PAIR_AT]!,
      },
    };
  }
}

function isSameKey(one: Uint32Array, other: Uint32Array): boolean {
  return one.every((word, index) => word === other[index]);
}
