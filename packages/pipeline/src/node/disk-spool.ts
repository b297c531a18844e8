import { readSync } from "node:fs";
import { type FileHandle, mkdtemp, open, rm } from "node:fs/promises";
import { join } from "node:path";
import { decodePairBatch, encodePairBatch } from "@dpo-kit/batch";
import { createBatchIndex } from "../batch-index.ts";
import type { DecidedBatch, Removal } from "../decided-batch.ts";
import type { Spool } from "../spool.ts";

/** Where the parts of a batch stand in the file. Its lines begin the file's part, their ends come before them. */
interface StoredBatch {
  readonly pairs: number;
  readonly lineEndAt: number;
  readonly linesAt: number;
  readonly batchAt: number;
  readonly batchBytes: number;
  readonly factsBytes: number;
}

/**
 * A spool on disk, in a folder of its own made inside `parent` (the folder of the output, so that it is on the
 * same disk) and removed on close. Memory grows by one small entry a batch.
 */
export function createDiskSpool(parent: string): Spool {
  return new DiskSpool(parent);
}

class DiskSpool implements Spool {
  readonly #parent: string;
  readonly #index = createBatchIndex<StoredBatch>();
  #folder: string | undefined;
  #file: FileHandle | undefined;
  #end = 0;

  constructor(parent: string) {
    this.#parent = parent;
  }

  get count(): number {
    return this.#index.count;
  }

  async write({ batch, verdict, output, removals }: DecidedBatch): Promise<void> {
    const parts = encodePairBatch(batch);
    const facts = new TextEncoder().encode(JSON.stringify([...removals]));
    const lineEnd = new Uint8Array(batch.lineEnd.buffer, batch.lineEnd.byteOffset, batch.lineEnd.byteLength);
    const linesAt = offsetOf(batch.bytes, parts);
    const batchAt = this.#end + lineEnd.length;
    const stored: StoredBatch = {
      pairs: batch.count,
      lineEndAt: this.#end,
      linesAt: batchAt + linesAt,
      batchAt,
      batchBytes: parts.reduce((total, part) => total + part.byteLength, 0),
      factsBytes: facts.length,
    };
    for (const part of [lineEnd, ...parts, verdict, output, facts]) {
      await this.#append(part);
    }
    this.#index.add(stored, batch.count);
  }

  async *read(): AsyncGenerator<DecidedBatch> {
    for (const stored of this.#index.entries()) {
      yield await this.#readBatch(stored);
    }
  }

  async #readBatch({ pairs, batchAt, batchBytes, factsBytes }: StoredBatch): Promise<DecidedBatch> {
    const bytes = await readExactly(this.#file!, batchAt, batchBytes + 2 * pairs + factsBytes);
    const outputAt = batchBytes + pairs;
    const factsAt = outputAt + pairs;
    return {
      batch: decodePairBatch(bytes.subarray(0, batchBytes)),
      verdict: bytes.slice(batchBytes, outputAt),
      output: bytes.slice(outputAt, factsAt),
      removals: new Map(JSON.parse(new TextDecoder().decode(bytes.subarray(factsAt))) as [number, Removal][]),
    };
  }

  /** Reads at once: what is read is small and mostly cached, so that handing it to a thread would take longer. */
  async line(pair: number): Promise<Uint8Array> {
    const { entry, offset } = this.#index.find(pair);
    const [start, end] =
      offset === 0
        ? [0, ...this.#readNumbers(entry.lineEndAt, 1)]
        : this.#readNumbers(entry.lineEndAt + (offset - 1) * 4, 2);
    return this.#readAtOnce(entry.linesAt + start!, end! - start! - 1);
  }

  #readNumbers(at: number, count: number): Uint32Array {
    return new Uint32Array(this.#readAtOnce(at, count * 4).buffer);
  }

  #readAtOnce(at: number, size: number): Uint8Array<ArrayBuffer> {
    const bytes = new Uint8Array(size);
    for (let filled = 0; filled < size; ) {
      const read = readSync(this.#file!.fd, bytes, filled, size - filled, at + filled);
      refuseEnd(read);
      filled += read;
    }
    return bytes;
  }

  async #append(bytes: Uint8Array): Promise<void> {
    this.#folder ??= await mkdtemp(join(this.#parent, ".dpo-spool-"));
    this.#file ??= await open(join(this.#folder, "batches"), "wx+");
    // A write may take less than it is given.
    for (let at = 0; at < bytes.length; ) {
      at += (await this.#file.write(bytes, at, bytes.length - at, this.#end + at)).bytesWritten;
    }
    this.#end += bytes.length;
  }

  async close(): Promise<void> {
    await this.#file?.close();
    this.#file = undefined;
    this.#index.clear();
    if (this.#folder !== undefined) {
      await rm(this.#folder, { recursive: true, force: true });
      this.#folder = undefined;
    }
  }
}

/** Where one of the parts begins when they are written one after another. */
function offsetOf(part: Uint8Array, parts: readonly Uint8Array[]): number {
  const before = parts.slice(0, parts.indexOf(part));
  return before.reduce((total, { byteLength }) => total + byteLength, 0);
}

async function readExactly(file: FileHandle, at: number, size: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(size);
  for (let filled = 0; filled < size; ) {
    const { bytesRead } = await file.read(bytes, filled, size - filled, at + filled);
    refuseEnd(bytesRead);
    filled += bytesRead;
  }
  return bytes;
}

function refuseEnd(bytesRead: number): void {
  if (bytesRead === 0) {
    throw new Error("The file that keeps batches for the second pass ended early");
  }
}
