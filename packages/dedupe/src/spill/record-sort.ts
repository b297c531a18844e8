import { DataError } from "@dpo-kit/schema";
import { DEFAULT_MEMORY, type MemoryOptions } from "./memory-options.ts";
import { RecordBuffer } from "./record-buffer.ts";
import type { RecordShape, RecordView } from "./record-order.ts";
import { mergeRecordRuns, writeRecordRun } from "./record-run.ts";
import type { SpillFile, SpillStore } from "./spill-store.ts";

/** Runs that are merged at once: each takes a buffer of 64 KiB. */
const FAN_IN = 64;

/**
 * Sorts records of fixed size by their keys, more than fit into memory: sorted runs, merged when they are read.
 * Records of one key stay in the order in which they came.
 */
export class RecordSort {
  count = 0;
  readonly #shape: RecordShape;
  readonly #memory: number;
  readonly #spill: SpillStore | undefined;
  readonly #buffer: RecordBuffer;
  #runs: SpillFile[] = [];

  constructor(shape: RecordShape, options: MemoryOptions) {
    this.#shape = shape;
    this.#memory = options.memory ?? DEFAULT_MEMORY;
    this.#spill = options.spill;
    this.#buffer = new RecordBuffer(shape);
  }

  /**
   * Takes the words of a record.
   * @throws DEDUPE_MEMORY IO_WRITE_FAILED
   */
  add(record: Uint32Array): void {
    this.#buffer.add(record);
    this.count += 1;
    if (this.#buffer.byteLength > this.#memory) {
      this.#spillBuffer();
    }
  }

  /** All records in order; once. */
  *sorted(): Generator<RecordView> {
    if (this.#runs.length === 0) {
      yield* this.#buffer.sorted();
      this.#buffer.clear();
      return;
    }
    this.#spillBuffer();
    while (this.#runs.length > FAN_IN) {
      this.#mergeRuns(this.#spill!);
    }
    yield* mergeRecordRuns(this.#runs, this.#shape);
    this.#runs = [];
  }

  /** Frees what it holds. Safe to call more than once. */
  close(): void {
    for (const run of this.#runs) {
      run.remove();
    }
    this.#runs = [];
    this.#buffer.clear();
  }

  #spillBuffer(): void {
    if (this.#spill === undefined) {
      throw new DataError("DEDUPE_MEMORY", {
        message: `${this.count} entries fill the ${this.#memory} bytes of memory that they may take`,
      });
    }
    this.#runs.push(writeRecordRun(this.#spill, this.#shape, this.#buffer.sorted()));
    this.#buffer.clear();
  }

  /** Makes one run of each 64, which stand together so that the order of what has one key stays. */
  #mergeRuns(spill: SpillStore): void {
    const merged: SpillFile[] = [];
    for (let first = 0; first < this.#runs.length; first += FAN_IN) {
      const runs = this.#runs.slice(first, first + FAN_IN);
      merged.push(writeRecordRun(spill, this.#shape, mergeRecordRuns(runs, this.#shape)));
    }
    this.#runs = merged;
  }
}
