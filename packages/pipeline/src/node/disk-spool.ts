import { type FileHandle, mkdtemp, open, rm } from "node:fs/promises";
import { join } from "node:path";
import { decodePairBatch, encodePairBatch } from "@dpo-kit/batch";
import type { DecidedBatch, Spool } from "../reduce-batches.ts";

/**
 * A spool on disk, in a folder of its own made inside `parent` (the folder of the output, so that it is on the
 * same disk) and removed on close. Memory does not grow with what is written.
 */
export function createDiskSpool(parent: string): Spool {
  let folder: string | undefined;
  let file: FileHandle | undefined;

  async function spoolFile(): Promise<FileHandle> {
    folder ??= await mkdtemp(join(parent, ".dpo-spool-"));
    file ??= await open(join(folder, "batches"), "wx+");
    return file;
  }

  return {
    async write(decided) {
      const target = await spoolFile();
      for (const part of frame(decided)) {
        await writeAll(target, part);
      }
    },
    async *read() {
      if (file === undefined) {
        return;
      }
      let at = 0;
      for (let next = await readFrame(file, at); next !== undefined; next = await readFrame(file, at)) {
        at = next.end;
        yield next.decided;
      }
    },
    async close() {
      await file?.close();
      file = undefined;
      if (folder !== undefined) {
        await rm(folder, { recursive: true, force: true });
        folder = undefined;
      }
    },
  };
}

/** Lengths of the three parts behind it, as 32-bit numbers: the batch, the columns, the reasons. */
const HEADER_BYTES = 12;

function frame({ batch, verdict, output, reasons }: DecidedBatch): Uint8Array[] {
  const parts = encodePairBatch(batch);
  const reasonText = new TextEncoder().encode(JSON.stringify([...reasons]));
  const batchBytes = parts.reduce((total, part) => total + part.byteLength, 0);
  const header = Uint32Array.of(batchBytes, verdict.length, reasonText.length);
  return [new Uint8Array(header.buffer), ...parts, verdict, output, reasonText];
}

async function readFrame(
  file: FileHandle,
  at: number,
): Promise<{ decided: DecidedBatch; end: number } | undefined> {
  const header = await readExactly(file, at, HEADER_BYTES);
  if (header === undefined) {
    return undefined;
  }
  const [batchBytes, count, reasonBytes] = new Uint32Array(header.buffer) as unknown as [
    number,
    number,
    number,
  ];
  const size = batchBytes + 2 * count + reasonBytes;
  const body = (await readExactly(file, at + HEADER_BYTES, size))!;
  const columns = batchBytes + count;
  const decided: DecidedBatch = {
    batch: decodePairBatch(body.subarray(0, batchBytes)),
    verdict: body.slice(batchBytes, columns),
    output: body.slice(columns, columns + count),
    reasons: new Map(
      JSON.parse(new TextDecoder().decode(body.subarray(columns + count))) as [number, string][],
    ),
  };
  return { decided, end: at + HEADER_BYTES + size };
}

/** A write may take less than it is given. */
async function writeAll(file: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length; ) {
    at += (await file.write(bytes, at, bytes.length - at)).bytesWritten;
  }
}

async function readExactly(file: FileHandle, at: number, size: number): Promise<Uint8Array | undefined> {
  const bytes = new Uint8Array(size);
  let filled = 0;
  while (filled < size) {
    const { bytesRead } = await file.read(bytes, filled, size - filled, at + filled);
    if (bytesRead === 0) {
      return undefined;
    }
    filled += bytesRead;
  }
  return bytes;
}
