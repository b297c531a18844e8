import { type CreateEntrySorter, type EntrySorter, readNumber, writeNumber } from "@dpo-kit/io";

/** Words of an entry: the number of the pair in two, and what was decided. */
const WIDTH = 3;

/**
 * What a global reducer decided on single pairs, by their numbers: written in any order, read in the order of
 * the pairs, in the memory of a sorter. Pairs of which nothing is written have the decision 0.
 */
export class PairDecisions {
  readonly #sorter: EntrySorter;
  readonly #entry: Uint32Array = new Uint32Array(WIDTH);
  #reading: Iterator<Uint32Array> | undefined;
  #pair = -1;
  #decision = 0;

  constructor(createSorter: CreateEntrySorter) {
    this.#sorter = createSorter(WIDTH);
  }

  /** Writes a decision from 1. At most one for each pair, and before the first is read. */
  add(pair: number, decision: number): void {
    writeNumber(this.#entry, 0, pair);
    this.#entry[2] = decision;
    this.#sorter.add(this.#entry);
  }

  /** The decision on a pair. Each call is for a later pair than the last. */
  on(pair: number): number {
    this.#reading ??= this.#sorter.sorted();
    while (this.#pair < pair) {
      const { value, done } = this.#reading.next();
      this.#pair = done === true ? Number.POSITIVE_INFINITY : readNumber(value, 0);
      this.#decision = done === true ? 0 : value[2]!;
    }
    return this.#pair === pair ? this.#decision : 0;
  }

  /** Frees what it holds. Safe to call more than once. */
  close(): void {
    this.#reading?.return?.();
    this.#sorter.close();
  }
}
