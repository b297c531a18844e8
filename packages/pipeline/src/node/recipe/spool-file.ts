import { randomUUID } from "node:crypto";
import { type FileHandle, open, rename, rm } from "node:fs/promises";
import { decodePairBatch, encodePairBatch, type PairBatch } from "@dpo-kit/batch";
import { DataError } from "@dpo-kit/schema";
import type { SourcePlan } from "../../conversion-plan.ts";

/** What a spool keeps of its source beside the batches. */
export interface SpoolFacts {
  readonly plan: SourcePlan;
  /** Of the input as it is stored, in bytes, where it is known. */
  readonly size?: number;
  /** `sha256:…` of the input, where it is known. */
  readonly digest?: string;
  /** What was counted in chat logs, as JSON. */
  readonly chatCounts: string;
}

/** Each part of the file: its kind, its size, its bytes. The last part holds the facts; without it the file is none. */
const kinds = { batch: 1, unpaired: 2, facts: 3 } as const;
const HEAD_BYTES = 9;
/** The size of the last part is at the end of the file too, before this. */
const MARK = new TextEncoder().encode("dpo-kit spool 1\n");

/** Writes the batches of one source to a file that is there when it is whole. */
export interface SpoolWriter {
  writeBatch(batch: PairBatch): Promise<void>;
  /** Takes KTO lines, without their ends. */
  writeUnpaired(lines: readonly string[]): Promise<void>;
  /** Ends the file and gives it its name. */
  finish(path: string, facts: SpoolFacts): Promise<void>;
  /** Takes back what was written. Safe to call after `finish`. */
  abandon(): Promise<void>;
}

/**
 * Begins a spool in a folder, under a name of its own that ends in `.partial`.
 * @throws IO_WRITE_FAILED
 */
export async function createSpoolWriter(folder: string): Promise<SpoolWriter> {
  const partial = `${folder}/${randomUUID()}.partial`;
  const file = await orWriteFailed(partial, () => open(partial, "wx", 0o600));
  let isOpen = true;

  async function write(kind: number, parts: readonly Uint8Array[]): Promise<number> {
    const size = parts.reduce((total, { byteLength }) => total + byteLength, 0);
    const head = new DataView(new ArrayBuffer(HEAD_BYTES));
    head.setUint8(0, kind);
    head.setBigUint64(1, BigInt(size), true);
    await orWriteFailed(partial, () => writeAll(file, [new Uint8Array(head.buffer), ...parts]));
    return size;
  }
  async function close(): Promise<void> {
    if (isOpen) {
      isOpen = false;
      await file.close();
    }
  }
  return {
    async writeBatch(batch) {
      await write(kinds.batch, encodePairBatch(batch));
    },
    async writeUnpaired(lines) {
      await write(kinds.unpaired, [Buffer.from(lines.join("\n"))]);
    },
    async finish(path, facts) {
      const size = await write(kinds.facts, [Buffer.from(JSON.stringify(facts))]);
      const end = new DataView(new ArrayBuffer(8));
      end.setBigUint64(0, BigInt(size), true);
      await orWriteFailed(path, async () => {
        await writeAll(file, [new Uint8Array(end.buffer), MARK]);
        await file.sync();
        await close();
        await rename(partial, path);
      });
    },
    async abandon() {
      await close();
      await rm(partial, { force: true });
    },
  };
}

async function writeAll(file: FileHandle, parts: readonly Uint8Array[]): Promise<void> {
  for (const part of parts) {
    // A write may take less than it is given.
    for (let at = 0; at < part.length; ) {
      at += (await file.write(part, at, part.length - at)).bytesWritten;
    }
  }
}

async function orWriteFailed<T>(path: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (cause) {
    throw new DataError("IO_WRITE_FAILED", {
      message: `${path} cannot be written: ${cause instanceof Error ? cause.message : String(cause)}`,
      location: { source: path },
      cause,
    });
  }
}

/** The facts of a spool; undefined where there is none that is whole. */
export async function readSpoolFacts(path: string): Promise<SpoolFacts | undefined> {
  const file = await open(path).catch(() => undefined);
  try {
    const { size = 0 } = (await file?.stat()) ?? {};
    const tailBytes = 8 + MARK.length;
    if (file === undefined || size < tailBytes) {
      return undefined;
    }
    const tail = await readAt(file, size - tailBytes, tailBytes);
    const length = Number(new DataView(tail.buffer).getBigUint64(0, true));
    if (!MARK.every((byte, index) => tail[8 + index] === byte) || length > size - tailBytes) {
      return undefined;
    }
    const bytes = await readAt(file, size - tailBytes - length, length);
    return JSON.parse(new TextDecoder().decode(bytes)) as SpoolFacts;
  } finally {
    await file?.close();
  }
}

/** What a spool holds, in its order. */
export type SpoolPart =
  | { readonly kind: "batch"; readonly batch: PairBatch }
  | { readonly kind: "unpaired"; readonly lines: readonly string[] };

/** Reads a spool that is whole. */
export async function* readSpool(path: string): AsyncGenerator<SpoolPart> {
  const file = await open(path);
  try {
    for (let at = 0; ; ) {
      const head = new DataView((await readAt(file, at, HEAD_BYTES)).buffer);
      const size = Number(head.getBigUint64(1, true));
      if (head.getUint8(0) === kinds.facts) {
        return;
      }
      const bytes = await readAt(file, at + HEAD_BYTES, size);
      yield head.getUint8(0) === kinds.batch
        ? { kind: "batch", batch: decodePairBatch(bytes) }
        : { kind: "unpaired", lines: new TextDecoder().decode(bytes).split("\n") };
      at += HEAD_BYTES + size;
    }
  } finally {
    await file.close();
  }
}

async function readAt(file: FileHandle, start: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(length);
  for (let filled = 0; filled < length; ) {
    const { bytesRead } = await file.read(bytes, filled, length - filled, start + filled);
    if (bytesRead === 0) {
      throw new Error("A spool ends before its end");
    }
    filled += bytesRead;
  }
  return bytes;
}
