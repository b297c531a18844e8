import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DataError } from "@dpo-kit/schema";
import { LineBuffer, type PlacedLine } from "../line-buffer.ts";
import type { CreateLineSorter, LineSorter } from "../line-sorter.ts";
import { type Bucket, LAST_LEVEL, LineBuckets } from "./line-buckets.ts";
import { readRecords } from "./line-records.ts";

/** Where sorters on disk keep lines, and what they hold in memory. */
export interface DiskLineSorterOptions {
  /**
   * An existing folder, best beside the output, with room for all lines once. Each sorter that needs the disk makes a
   * folder of its own in it and removes it when closed. Default: that of the system for temporary files.
   */
  directory?: string;
  /** About how many bytes of lines a sorter holds in memory. Default 256 MiB. */
  maxBytes?: number;
}

const DEFAULT_MAX_BYTES = 256 * 1024 * 1024;

/**
 * Sorters that distribute lines over files past `maxBytes`, by the first bits of their places, and sort each file in
 * memory: every line is written and read once, and once more where a file is still too large. Below `maxBytes`
 * nothing is on disk. They throw IO_WRITE_FAILED when the folder cannot be written to, or is full.
 */
export function diskLineSorters(options: DiskLineSorterOptions = {}): CreateLineSorter {
  const { directory = tmpdir(), maxBytes = DEFAULT_MAX_BYTES } = options;
  return () => new DiskLineSorter(directory, maxBytes);
}

class DiskLineSorter implements LineSorter {
  readonly #directory: string;
  readonly #maxBytes: number;
  readonly #buffer = new LineBuffer();
  #folder: string | undefined;
  #buckets: LineBuckets | undefined;
  #bucketed = 0;

  constructor(directory: string, maxBytes: number) {
    this.#directory = directory;
    this.#maxBytes = maxBytes;
  }

  add(places: Uint32Array, at: number, line: Uint8Array): void {
    if (this.#buckets !== undefined) {
      this.#buckets.add({ place: places.subarray(at), line });
      return;
    }
    this.#buffer.add(places, at, line);
    if (this.#buffer.byteCount > this.#maxBytes) {
      this.#buckets = this.#distribute(this.#buffer.sorted(), 0);
      this.#buffer.clear();
    }
  }

  *sorted(): Generator<Uint8Array> {
    if (this.#buckets === undefined) {
      yield* linesOf(this.#buffer);
    } else {
      yield* this.#linesOfBuckets(this.#buckets);
    }
  }

  close(): void {
    this.#buffer.clear();
    this.#buckets = undefined;
    if (this.#folder !== undefined) {
      rmSync(this.#folder, { recursive: true, force: true });
      this.#folder = undefined;
    }
  }

  *#linesOfBuckets(buckets: LineBuckets): Generator<Uint8Array> {
    for (const bucket of buckets.finish()) {
      const isSmall = bucket.byteCount <= this.#maxBytes || bucket.lineCount === 1;
      if (isSmall || buckets.level === LAST_LEVEL) {
        yield* this.#linesOfBucket(bucket);
      } else {
        const parts = this.#distribute(readRecords(bucket.path), buckets.level + 1);
        rmSync(bucket.path);
        yield* this.#linesOfBuckets(parts);
      }
    }
  }

  *#linesOfBucket({ path }: Bucket): Generator<Uint8Array> {
    for (const { place, line } of readRecords(path)) {
      this.#buffer.add(place, 0, line);
    }
    rmSync(path);
    yield* linesOf(this.#buffer);
    this.#buffer.clear();
  }

  #distribute(lines: Iterable<PlacedLine>, level: number): LineBuckets {
    this.#bucketed += 1;
    const buckets = new LineBuckets(this.#ownFolder(), String(this.#bucketed), level);
    for (const line of lines) {
      buckets.add(line);
    }
    return buckets;
  }

  #ownFolder(): string {
    try {
      this.#folder ??= mkdtempSync(join(this.#directory, "dpo-kit-shuffle-"));
      return this.#folder;
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new DataError("IO_WRITE_FAILED", {
        message: `Lines could not be shuffled on disk: ${reason}`,
        cause,
      });
    }
  }
}

function* linesOf(buffer: LineBuffer): Generator<Uint8Array> {
  for (const { line } of buffer.sorted()) {
    yield line;
  }
}
