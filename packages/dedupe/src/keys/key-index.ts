import { DataError } from "@dpo-kit/schema";
import { DEFAULT_MEMORY, type MemoryOptions } from "../spill/memory-options.ts";
import type { SpillStore } from "../spill/spill-store.ts";
import type { KeyRun } from "./key-run.ts";
import { KeyRunWriter } from "./key-run-writer.ts";
import { KeyShards } from "./key-shards.ts";
import { mergeKeyRuns } from "./merge-key-runs.ts";

/** Remembers 128-bit keys and a number for each, as many as there are. */
export interface KeyIndex {
  /**
   * Remembers the key whose four words begin at index `at` of `words`, with a whole number from 0, unless it
   * is known. Gives the number it was first added with, or -1 where it was not known.
   * @throws DEDUPE_MEMORY IO_WRITE_FAILED
   */
  add(words: Uint32Array, at: number, value: number): number;
  /** The number the key was first added with, or -1 where it is not known. */
  find(words: Uint32Array, at: number): number;
  /** How many keys it knows. */
  readonly size: number;
  /** Frees what it holds. Safe to call more than once. */
  close(): void;
}

/**
 * Makes an index: 24 bytes a slot in memory. When the memory is full, its keys go to disk in their order; of
 * these a filter stays, at ten bits a key, so that only keys that are there (and one of a hundred others)
 * cost a read. Eight such runs become one. What it answers does not depend on the memory.
 */
export function createKeyIndex(options: MemoryOptions = {}): KeyIndex {
  return new SpillingKeyIndex(options.memory ?? DEFAULT_MEMORY, options.spill);
}

/** Runs of one level that are merged into one of the next: each key is written once a level. */
const RUNS_PER_LEVEL = 8;
/** The part of the memory that is for the filters, once there are any. */
const FILTER_SHARE = 1 / 4;

class SpillingKeyIndex implements KeyIndex {
  size = 0;
  readonly #memory: number;
  readonly #spill: SpillStore | undefined;
  #table: KeyShards;
  /** Runs by level. */
  #levels: KeyRun[][] = [];
  #runs: KeyRun[] = [];

  constructor(memory: number, spill: SpillStore | undefined) {
    this.#memory = memory;
    this.#spill = spill;
    this.#table = new KeyShards(memory);
  }

  add(words: Uint32Array, at: number, value: number): number {
    const known = this.find(words, at);
    if (known !== -1) {
      return known;
    }
    if (!this.#table.put(words, at, value)) {
      this.#spillTable();
      this.#table.put(words, at, value);
    }
    this.size += 1;
    return -1;
  }

  find(words: Uint32Array, at: number): number {
    const known = this.#table.find(words, at);
    if (known !== -1) {
      return known;
    }
    for (const run of this.#runs) {
      const value = run.find(words, at);
      if (value !== -1) {
        return value;
      }
    }
    return -1;
  }

  close(): void {
    for (const run of this.#runs) {
      run.file.remove();
    }
    this.#runs = [];
    this.#levels = [];
    this.#table = new KeyShards(0);
  }

  #spillTable(): void {
    if (this.#spill === undefined) {
      throw new DataError("DEDUPE_MEMORY", {
        message: `${this.size} keys fill the ${this.#memory} bytes of memory that they may take`,
      });
    }
    const table = this.#table;
    const filterBytes = this.#filterBytes();
    const writer = new KeyRunWriter(this.#spill, { count: table.size, filterBytes });
    table.forEachSorted((words, at, value) => writer.add(words, at, value));
    this.#table = new KeyShards(this.#memory * (1 - FILTER_SHARE));
    this.#addRun(writer.finish(), this.#spill);
  }

  #addRun(added: KeyRun, spill: SpillStore): void {
    let run = added;
    for (let level = 0; ; level += 1) {
      this.#levels[level] ??= [];
      const runs = this.#levels[level]!;
      runs.push(run);
      this.#runs = this.#levels.flat();
      if (runs.length < RUNS_PER_LEVEL) {
        return;
      }
      this.#levels[level] = [];
      this.#runs = this.#levels.flat();
      run = mergeKeyRuns(runs, spill, this.#filterBytes());
    }
  }

  /** What the next filter may take: never all that is left, so that there is always some for one more. */
  #filterBytes(): number {
    const taken = this.#runs.reduce((sum, run) => sum + run.filterBytes, 0);
    return Math.max(64, (this.#memory * FILTER_SHARE - taken) / 2);
  }
}
