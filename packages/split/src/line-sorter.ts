import { DataError } from "@dpo-kit/schema";
import { LineBuffer } from "./line-buffer.ts";

/** Sorts lines by places that were drawn for them, which are spread evenly over the values of the first word. */
export interface LineSorter {
  /** Takes a copy of a line, with its `\n`, and of the words of its place from index `at` of `places`. */
  add(places: Uint32Array, at: number, line: Uint8Array): void;
  /** All lines in order, once. What it yields is valid until the next. */
  sorted(): IterableIterator<Uint8Array>;
  /** Frees what it holds. Safe to call more than once. */
  close(): void;
}

/** Makes the sorters of a run, in memory or on disk. */
export type CreateLineSorter = () => LineSorter;

const DEFAULT_MAX_BYTES = 1024 * 1024 * 1024;

/**
 * Sorters in memory, each of at most `maxBytes` (default 1 GiB). `@dpo-kit/split/node` has those that go on on
 * disk. They throw IO_SORT_LIMIT where more is added.
 */
export function memoryLineSorters(options: { maxBytes?: number } = {}): CreateLineSorter {
  const maxBytes = options.maxBytes ?? DEFAULT_MAX_BYTES;
  return () => new MemoryLineSorter(maxBytes);
}

class MemoryLineSorter implements LineSorter {
  readonly #maxBytes: number;
  readonly #buffer = new LineBuffer();

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  add(places: Uint32Array, at: number, line: Uint8Array): void {
    this.#buffer.add(places, at, line);
    if (this.#buffer.byteCount > this.#maxBytes) {
      throw new DataError("IO_SORT_LIMIT", {
        message: `The lines to be shuffled take more than ${this.#maxBytes} bytes of memory`,
      });
    }
  }

  *sorted(): Generator<Uint8Array> {
    for (const { line } of this.#buffer.sorted()) {
      yield line;
    }
  }

  close(): void {
    this.#buffer.clear();
  }
}
