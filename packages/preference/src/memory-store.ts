import { DataError } from "@dpo-kit/schema";
import { estimateBytes } from "./estimate-bytes.ts";
import type { GatherEntry, GatheredGroup, GatherStore } from "./gather.ts";

/** How much a store in memory holds. */
export interface MemoryStoreOptions<T> {
  /** In bytes, as {@link sizeOf} counts them. Default 256 MiB. */
  maxBytes?: number | undefined;
  /** The size of a record in memory. Default: an estimate over its texts and members. */
  sizeOf?: ((record: T) => number) | undefined;
}

const DEFAULT_MAX_BYTES = 256 * 1024 * 1024;

/** Gathers in memory: the store that works everywhere. Over its limit it throws GATHER_LIMIT. */
export function memoryStore<T>(options: MemoryStoreOptions<T> = {}): GatherStore<T> {
  return new MemoryStore(options.maxBytes ?? DEFAULT_MAX_BYTES, options.sizeOf ?? estimateBytes);
}

class MemoryStore<T> implements GatherStore<T> {
  readonly #maxBytes: number;
  readonly #sizeOf: (record: T) => number;
  /** A Map keeps its keys in the order in which they came, whatever they are. */
  readonly #groups = new Map<string, GatheredGroup<T>>();
  #bytes = 0;

  constructor(maxBytes: number, sizeOf: (record: T) => number) {
    this.#maxBytes = maxBytes;
    this.#sizeOf = sizeOf;
  }

  add({ key, ordinal, record }: GatherEntry<T>): void {
    this.#bytes += this.#sizeOf(record);
    const group = this.#groups.get(key);
    if (group === undefined) {
      this.#bytes += estimateBytes(key);
      this.#groups.set(key, { key, members: [record], firstOrdinal: ordinal });
    } else {
      group.members.push(record);
    }
    if (this.#bytes > this.#maxBytes) {
      throw new DataError("GATHER_LIMIT", {
        message: `The rows to be gathered take more than ${this.#maxBytes} bytes of memory (row ${ordinal + 1})`,
      });
    }
  }

  async *groups(): AsyncGenerator<GatheredGroup<T>> {
    yield* this.#groups.values();
  }

  close(): void {
    this.#groups.clear();
  }
}
