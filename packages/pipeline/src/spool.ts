import { lineBytes } from "@dpo-kit/batch";
import { createBatchIndex } from "./batch-index.ts";
import type { DecidedBatch } from "./decided-batch.ts";

/** Keeps batches between the first and the second pass of a global reducer. */
export interface Spool {
  /** How many pairs were written. */
  readonly count: number;
  write(decided: DecidedBatch): Promise<void>;
  /** All that was written, in its order; as often as it is called. To be called after the last write. */
  read(): AsyncIterable<DecidedBatch>;
  /** The line of a pair, without its end. Pairs are counted from 0 in the order of writing. */
  line(pair: number): Promise<Uint8Array>;
  /** Frees what it holds. Safe to call more than once. */
  close(): Promise<void>;
}

/** A spool in memory, for small inputs and for where there is no disk. */
export function createMemorySpool(): Spool {
  const index = createBatchIndex<DecidedBatch>();
  return {
    get count() {
      return index.count;
    },
    async write(decided) {
      index.add(decided, decided.batch.count);
    },
    async *read() {
      yield* index.entries();
    },
    async line(pair) {
      const { entry, offset } = index.find(pair);
      return lineBytes(entry.batch, offset).subarray(0, -1);
    },
    async close() {
      index.clear();
    },
  };
}
