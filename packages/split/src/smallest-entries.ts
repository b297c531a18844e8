import type { CreateEntrySorter, EntrySorter } from "@dpo-kit/io";
import { compareWords } from "./compare-words.ts";

/** Below this many entries nothing is thrown away. */
const FEWEST = 1024;

/** Where the smallest entries end. */
export interface Cutoff {
  /** The last of them. */
  readonly entry: Uint32Array;
  /** How many of them are the same as the last. */
  readonly equal: number;
}

/** The n smallest of any number of entries, in the room of 2n. */
export class SmallestEntries {
  readonly #most: number;
  readonly #width: number;
  readonly #createSorter: CreateEntrySorter;
  #sorter: EntrySorter;
  #last: Uint32Array | undefined;

  constructor(most: number, width: number, createSorter: CreateEntrySorter) {
    this.#most = most;
    this.#width = width;
    this.#createSorter = createSorter;
    this.#sorter = createSorter(width);
  }

  add(entry: Uint32Array): void {
    if (this.#last !== undefined && compareWords(entry, this.#last) >= 0) {
      return;
    }
    this.#sorter.add(entry);
    if (this.#sorter.count >= Math.max(FEWEST, this.#most * 2)) {
      this.#keepSmallest();
    }
  }

  /** Where they end; undefined where no more entries came than are wanted. */
  cutoff(): Cutoff | undefined {
    const isAll = this.#last === undefined && this.#sorter.count <= this.#most;
    this.#keepSmallest();
    const last = this.#last;
    if (isAll || last === undefined) {
      return undefined;
    }
    let equal = 0;
    for (const entry of this.#sorter.sorted()) {
      equal += compareWords(entry, last) === 0 ? 1 : 0;
    }
    return { entry: last, equal };
  }

  /** Frees what it holds. Safe to call more than once. */
  close(): void {
    this.#sorter.close();
  }

  #keepSmallest(): void {
    const all = this.#sorter;
    this.#sorter = this.#createSorter(this.#width);
    for (const entry of all.sorted()) {
      this.#sorter.add(entry);
      if (this.#sorter.count === this.#most) {
        this.#last = entry.slice();
        break;
      }
    }
    all.close();
  }
}
