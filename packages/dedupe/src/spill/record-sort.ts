import { DataError } from "@dpo-kit/schema";
import { DEFAULT_MEMORY, type MemoryOptions } from "./memory-options.ts";
import { RecordBuffer } from "./record-buffer.ts";
import type { RecordShape, RecordView } from "./record-order.ts";
import { mergeRecordRuns, writeRecordRun } from "./record-run.ts";
import type { SpillFile, SpillStore } from "./spill-store.ts";

/** Runs that are merged at once: each takes a buffer of 64 KiB, and an open file, of which many systems allow 1,024. */
const FAN_IN = 64;

/** A sorted run, and how often it was merged: those before it at least as often. */
interface Run {
  readonly file: SpillFile;
  readonly merged: number;
}

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
  #runs: Run[] = [];

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
      this.#mergeLast(this.#spill!);
    }
    const runs = this.#runs.map(({ file }) => file);
    yield* mergeRecordRuns(runs, this.#shape);
    this.#runs = [];
  }

  /** Frees what it holds. Safe to call more than once. */
  close(): void {
    for (const { file } of this.#runs) {
      file.remove();
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
    this.#runs.push({ file: writeRecordRun(this.#spill, this.#shape, this.#buffer.sorted()), merged: 0 });
    this.#buffer.clear();
    while (this.#runs.at(-FAN_IN)?.merged === this.#runs.at(-1)!.merged) {
      this.#mergeLast(this.#spill);
    }
  }

  /** Makes one run of the last 64, which stand together so that the order of what has one key stays. */
  #mergeLast(spill: SpillStore): void {
    const last = this.#runs.splice(-FAN_IN);
    const records = mergeRecordRuns(
      last.map(({ file }) => file),
      this.#shape,
    );
    this.#runs.push({ file: writeRecordRun(spill, this.#shape, records), merged: last[0]!.merged + 1 });
  }
}
