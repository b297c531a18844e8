/** Finds the batch that a pair is in by the pair's number. One entry for each batch. */
export interface BatchIndex<Entry> {
  /** How many pairs there are. */
  readonly count: number;
  /** Adds the next batch, of so many pairs. */
  add(entry: Entry, pairs: number): void;
  /**
   * The batch of a pair, and the pair's place in it.
   * @throws {RangeError} when there is no such pair.
   */
  find(pair: number): { entry: Entry; offset: number };
  /** All batches in their order. */
  entries(): readonly Entry[];
  clear(): void;
}

/** An index of no batches. */
export function createBatchIndex<Entry>(): BatchIndex<Entry> {
  const entries: Entry[] = [];
  /** Of each batch the number of the first pair behind it. */
  const ends: number[] = [];
  return {
    get count() {
      return ends.at(-1) ?? 0;
    },
    add(entry, pairs) {
      ends.push((ends.at(-1) ?? 0) + pairs);
      entries.push(entry);
    },
    find(pair) {
      const batch = firstBehind(ends, pair);
      if (!(pair >= 0) || batch === ends.length) {
        throw new RangeError(`There is no pair ${pair}`);
      }
      return { entry: entries[batch]!, offset: pair - (ends[batch - 1] ?? 0) };
    },
    entries: () => entries,
    clear() {
      entries.length = 0;
      ends.length = 0;
    },
  };
}

/** The index of the first of ascending numbers that is larger; their count where none is. */
function firstBehind(numbers: readonly number[], value: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (numbers[middle]! > value) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}
