import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EntryBuffer } from "../entries/entry-buffer.ts";
import type { CreateEntrySorter, EntrySorter } from "../entries/entry-sorter.ts";
import { writeEntryRun } from "./entry-run.ts";
import { fileError } from "./file-error.ts";
import { mergeEntryRuns } from "./merge-entry-runs.ts";

/** Where sorters on disk keep their runs, and what they hold in memory. */
export interface DiskEntrySorterOptions {
  /**
   * An existing folder, best beside the output. Each sorter that needs the disk makes a folder of its own in it
   * and removes it when closed. Default: that of the system for temporary files.
   */
  directory?: string;
  /** About how many bytes one sorter holds in memory before it writes them out. Default 64 MiB. */
  maxBytes?: number;
}

const DEFAULT_MAX_BYTES = 64 * 1024 * 1024;

/** Runs that are merged at once: each takes an open file and a buffer of 64 KiB. */
const FAN_IN = 128;

/**
 * Sorters that keep sorted runs on disk past `maxBytes`, and nothing on disk before. Files are read and written
 * synchronously: reducers are, and the disk is what they would wait for in any case.
 *
 * They throw IO_WRITE_FAILED when the folder cannot be written to, or is full.
 */
export function diskEntrySorters(options: DiskEntrySorterOptions = {}): CreateEntrySorter {
  const { directory = tmpdir(), maxBytes = DEFAULT_MAX_BYTES } = options;
  return (width) => new DiskEntrySorter(width, { directory, maxBytes });
}

class DiskEntrySorter implements EntrySorter {
  readonly width: number;
  count = 0;
  readonly #directory: string;
  readonly #maxBytes: number;
  #buffer: EntryBuffer;
  #folder: string | undefined;
  #runs: string[] = [];
  #written = 0;

  constructor(width: number, { directory, maxBytes }: Required<DiskEntrySorterOptions>) {
    this.width = width;
    this.#directory = directory;
    this.#maxBytes = maxBytes;
    this.#buffer = new EntryBuffer(width, maxBytes);
  }

  add(words: Uint32Array, at = 0): void {
    if (this.#buffer.isFull) {
      this.#spill();
    }
    this.#buffer.add(words, at);
    this.count += 1;
  }

  sorted(): IterableIterator<Uint32Array> {
    if (this.#runs.length === 0) {
      return this.#buffer.sorted();
    }
    if (this.#buffer.count > 0) {
      this.#spill();
    }
    // The room goes to whoever reads; nothing is added any more.
    this.#buffer = new EntryBuffer(this.width, 0);
    while (this.#runs.length > FAN_IN) {
      this.#mergeOldest();
    }
    return mergeEntryRuns(this.#runs, this.width);
  }

  close(): void {
    this.#buffer = new EntryBuffer(this.width, this.#maxBytes);
    this.#runs = [];
    this.count = 0;
    if (this.#folder !== undefined) {
      rmSync(this.#folder, { recursive: true, force: true });
      this.#folder = undefined;
    }
  }

  #spill(): void {
    this.#write(this.#buffer.sorted());
    this.#buffer.clear();
  }

  #mergeOldest(): void {
    const merged = this.#runs.splice(0, FAN_IN);
    this.#write(mergeEntryRuns(merged, this.width));
    for (const path of merged) {
      rmSync(path);
    }
  }

  #write(entries: Iterable<Uint32Array>): void {
    try {
      this.#folder ??= mkdtempSync(join(this.#directory, "dpo-kit-sort-"));
    } catch (error) {
      throw fileError("IO_WRITE_FAILED", this.#directory, error);
    }
    const path = join(this.#folder, `${this.#written}.run`);
    this.#written += 1;
    writeEntryRun(path, entries, this.width);
    this.#runs.push(path);
  }
}
