import { DataError } from "@dpo-kit/schema";
import { EntryBuffer } from "./entry-buffer.ts";

/**
 * Sorts entries of a fixed number of 32-bit words, in the order of their words, the first the most significant.
 * Entries that are the same stay as often as they were added, so the result depends on nothing but what was
 * added: not on the order, not on where it is kept.
 */
export interface EntrySorter {
  /** Words of an entry. */
  readonly width: number;
  /** How many entries were added. */
  readonly count: number;
  /** Takes a copy of the `width` words from index `at` (default 0) of `words`. Not after {@link sorted}. */
  add(words: Uint32Array, at?: number): void;
  /** All entries in order, as often as asked for. What it yields is valid until the next entry. */
  sorted(): IterableIterator<Uint32Array>;
  /** Frees what it holds. Safe to call more than once. */
  close(): void;
}

/** Makes the sorters of a run, in memory or on disk: what uses one leaves the choice to its caller. */
export type CreateEntrySorter = (width: number) => EntrySorter;

const DEFAULT_MAX_BYTES = 1024 * 1024 * 1024;

/**
 * Sorters in memory, each of at most `maxBytes` (default 1 GiB). `@dpo-kit/io/node` has those that go on on disk.
 * They throw IO_SORT_LIMIT where more is added.
 */
export function memoryEntrySorters(options: { maxBytes?: number } = {}): CreateEntrySorter {
  const maxBytes = options.maxBytes ?? DEFAULT_MAX_BYTES;
  return (width) => new MemoryEntrySorter(width, maxBytes);
}

class MemoryEntrySorter implements EntrySorter {
  readonly width: number;
  readonly #maxBytes: number;
  #buffer: EntryBuffer;

  constructor(width: number, maxBytes: number) {
    this.width = width;
    this.#maxBytes = maxBytes;
    this.#buffer = new EntryBuffer(width, maxBytes);
  }

  get count(): number {
    return this.#buffer.count;
  }

  add(words: Uint32Array, at = 0): void {
    if (this.#buffer.isFull) {
      throw new DataError("IO_SORT_LIMIT", {
        message: `What is to be sorted takes more than ${this.#maxBytes} bytes of memory`,
      });
    }
    this.#buffer.add(words, at);
  }

  sorted(): IterableIterator<Uint32Array> {
    return this.#buffer.sorted();
  }

  close(): void {
    this.#buffer = new EntryBuffer(this.width, this.#maxBytes);
  }
}
