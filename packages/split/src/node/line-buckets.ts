import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { DataError } from "@dpo-kit/schema";
import type { PlacedLine } from "../line-buffer.ts";
import { RECORD_HEADER_BYTES, writeRecordHeader } from "./line-records.ts";

/** Bits of the first word of a place that choose a bucket, on each level. */
const BITS = 6;
const BUCKETS = 1 << BITS;
/** On this level lines of a bucket have 30 bits in common: a further one would part none but equal lines. */
export const LAST_LEVEL: number = Math.floor(32 / BITS) - 1;

const BUFFER_BYTES = 64 * 1024;

/** Lines whose places begin with the same bits, in a file. */
export interface Bucket {
  readonly path: string;
  /** The size of the file. */
  readonly byteCount: number;
  readonly lineCount: number;
}

/**
 * Distributes lines into files by the first bits of their places: each file holds what comes before that of the
 * next. Places are drawn, so the files are of about the same size.
 */
export class LineBuckets {
  readonly level: number;
  readonly #name: string;
  readonly #buckets: (OpenBucket | undefined)[] = new Array(BUCKETS).fill(undefined);

  /** @param name the path of its files but for what tells them apart. */
  constructor(folder: string, name: string, level: number) {
    this.level = level;
    this.#name = join(folder, name);
  }

  /** @throws IO_WRITE_FAILED */
  add(placed: PlacedLine): void {
    const number = (placed.place[0]! >>> (32 - BITS * (this.level + 1))) & (BUCKETS - 1);
    this.#buckets[number] ??= new OpenBucket(`${this.#name}-${number}`);
    this.#buckets[number].add(placed);
  }

  /**
   * The files that have lines, in the order of their places. Nothing can be added any more.
   * @throws IO_WRITE_FAILED
   */
  finish(): Bucket[] {
    const buckets = this.#buckets.filter((bucket) => bucket !== undefined);
    for (const bucket of buckets) {
      bucket.finish();
    }
    this.#buckets.fill(undefined);
    return buckets;
  }
}

/** A file that is opened anew for each buffer, so that no number of outputs runs out of open files. */
class OpenBucket implements Bucket {
  readonly path: string;
  byteCount = 0;
  lineCount = 0;
  #buffer = new Uint8Array(BUFFER_BYTES);
  readonly #view = new DataView(this.#buffer.buffer);
  #filled = 0;

  constructor(path: string) {
    this.path = path;
  }

  add(placed: PlacedLine): void {
    const { line } = placed;
    if (this.#filled + RECORD_HEADER_BYTES + line.length > BUFFER_BYTES) {
      this.#flush();
    }
    writeRecordHeader(this.#view, this.#filled, placed);
    this.#filled += RECORD_HEADER_BYTES;
    if (this.#filled + line.length > BUFFER_BYTES) {
      this.#flush();
      this.#append(line);
    } else {
      this.#buffer.set(line, this.#filled);
      this.#filled += line.length;
    }
    this.lineCount += 1;
  }

  finish(): void {
    this.#flush();
    this.#buffer = new Uint8Array(0);
  }

  #flush(): void {
    this.#append(this.#buffer.subarray(0, this.#filled));
    this.#filled = 0;
  }

  #append(bytes: Uint8Array): void {
    try {
      // Readable by nobody else: lines may be personal.
      appendFileSync(this.path, bytes, { mode: 0o600 });
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new DataError("IO_WRITE_FAILED", {
        message: `Lines could not be shuffled on disk: ${reason}`,
        cause,
      });
    }
    this.byteCount += bytes.length;
  }
}
