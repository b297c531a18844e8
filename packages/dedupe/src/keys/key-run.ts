import type { SpillFile } from "../spill/spill-store.ts";
import type { BloomFilter } from "./bloom-filter.ts";
import { compareKeys } from "./key-order.ts";

/** Words of an entry: four of the key, the low and the high half of its number. */
export const ENTRY_WORDS = 6;
/** Entries that are read at once to find one: 3 KiB. */
export const ENTRIES_PER_BLOCK = 128;
const BLOCK_WORDS = ENTRIES_PER_BLOCK * ENTRY_WORDS;

/** What a written run consists of. */
export interface KeyRunParts {
  readonly file: SpillFile;
  readonly count: number;
  /** The highest word of the first key of each block. */
  readonly fences: Uint32Array;
  readonly filter: BloomFilter;
}

/** Keys in order on disk. A filter and the first key of each block stay in memory: finding one is one read. */
export class KeyRun {
  readonly count: number;
  readonly file: SpillFile;
  readonly #fences: Uint32Array;
  readonly #filter: BloomFilter;
  readonly #block: Uint32Array = new Uint32Array(BLOCK_WORDS);

  constructor({ file, count, fences, filter }: KeyRunParts) {
    this.file = file;
    this.count = count;
    this.#fences = fences;
    this.#filter = filter;
  }

  /** Bytes of the filter in memory. */
  get filterBytes(): number {
    return this.#filter.byteLength;
  }

  /** The number of a key; -1 where it is not in this run. */
  find(words: Uint32Array, at: number): number {
    if (!this.#filter.mayHave(words, at)) {
      return -1;
    }
    const high = words[at + 1]!;
    for (let block = this.#firstBlock(high); block < this.#fences.length; block += 1) {
      if (this.#fences[block]! > high) {
        break;
      }
      const value = this.#findInBlock(block, words, at);
      if (value !== -1) {
        return value;
      }
    }
    return -1;
  }

  /** The last block that begins below the word, or the first of all. */
  #firstBlock(high: number): number {
    let [low, end] = [0, this.#fences.length];
    while (end - low > 1) {
      const middle = (low + end) >>> 1;
      if (this.#fences[middle]! < high) {
        low = middle;
      } else {
        end = middle;
      }
    }
    return low;
  }

  #findInBlock(block: number, words: Uint32Array, at: number): number {
    const entries = readEntries(this.file, block * ENTRIES_PER_BLOCK, this.#block);
    let [low, end] = [0, entries];
    while (low < end) {
      const middle = (low + end) >>> 1;
      const order = compareKeys(this.#block, middle * ENTRY_WORDS, words, at);
      if (order === 0) {
        return entryValue(this.#block, middle * ENTRY_WORDS);
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        end = middle;
      }
    }
    return -1;
  }
}

/** Fills `target` with entries from the given one on, and gives how many there are. */
export function readEntries(file: SpillFile, first: number, target: Uint32Array): number {
  const bytes = new Uint8Array(target.buffer, target.byteOffset, target.byteLength);
  return file.read(bytes, first * ENTRY_WORDS * 4) / (ENTRY_WORDS * 4);
}

/** The number of the entry that begins at an index. */
export function entryValue(words: Uint32Array, at: number): number {
  return words[at + 5]! * 2 ** 32 + words[at + 4]!;
}
