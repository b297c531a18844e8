import { type FileHandle, open, unlink } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { Compression } from "../decompression.ts";
import { createCompressor, type OutputSink } from "./compressor.ts";
import { createDigester, type Digester } from "./digest.ts";
import { fileError, hasErrorCode } from "./file-error.ts";
import { machineName, removeStalePartials } from "./stale-partials.ts";

/** How an output is written. */
export interface OutputFileOptions {
  /** Default: none. */
  compression?: Compression;
  /** Whether its SHA-256 is computed beside the writing. Default: false. */
  digest?: boolean;
}

/** A complete output. */
export interface WrittenFile {
  /** Where it will be, as the caller named it. */
  path: string;
  /** Its size on disk. */
  byteCount: number;
  /** `sha256:…` of what is on disk. */
  digest?: string;
}

/** An output that is being written beside its place. */
export interface OutputFile {
  /** The name it was opened under. */
  readonly path: string;
  /** Bytes given to {@link write} so far, before compression. */
  readonly contentBytes: number;
  /**
   * Writes all bytes. Resolves when they need not be kept any longer: until then they must not change.
   * Writes are done in the order of the calls; waiting for each bounds memory.
   * @throws IO_WRITE_FAILED
   */
  write(bytes: Uint8Array): Promise<void>;
  /**
   * Completes the file on disk; it keeps its temporary name. Can be called again.
   * @throws IO_WRITE_FAILED
   */
  close(): Promise<WrittenFile>;
}

/** An {@link OutputFile} as its set sees it. */
export interface PartialFile extends OutputFile {
  readonly temporaryPath: string;
  /** Closes and removes it, whatever its state. */
  discard(): Promise<void>;
}

/** Small writes are gathered up to this many bytes. */
const gatheredBytes = 1 << 18;
/** Temporaries that this process has open: one of the same name that it has not is left over from another. */
const ours = new Set<string>();

/** The temporary name beside a target: hidden, and telling the process it belongs to, and the machine of that. */
export function partialPath(target: string): string {
  return join(dirname(target), `.${basename(target)}.${machineName}-${process.pid}.partial`);
}

/** Opens an output under a temporary name beside its target. Left-overs of dead processes are removed. */
export async function openPartialFile(
  path: string,
  target: string,
  options: OutputFileOptions = {},
): Promise<PartialFile> {
  const temporaryPath = partialPath(target);
  try {
    await removeStalePartials(target, ours);
    const handle = await open(temporaryPath, "wx");
    ours.add(temporaryPath);
    try {
      return partialFile({ path, temporaryPath, handle }, options);
    } catch (error) {
      await handle.close();
      await unlink(temporaryPath);
      ours.delete(temporaryPath);
      throw error;
    }
  } catch (error) {
    throw fileError("IO_WRITE_FAILED", path, error);
  }
}

interface Opened {
  path: string;
  temporaryPath: string;
  handle: FileHandle;
}

function partialFile({ path, temporaryPath, handle }: Opened, options: OutputFileOptions): PartialFile {
  const digester = options.digest === true ? createDigester() : undefined;
  const onDisk = createDiskSink(handle, digester);
  const sink = createCompressor(options.compression ?? "none", onDisk);
  const gathered = new Uint8Array(gatheredBytes);
  let gatheredCount = 0;
  let contentBytes = 0;
  let queue: Promise<void> = Promise.resolve();
  let written: Promise<WrittenFile> | undefined;
  let discarded: Promise<void> | undefined;

  function enqueue(work: () => Promise<void>): void {
    queue = queue.then(work);
    // A failure stays in the queue: whoever waits for it next is told.
    queue.catch(() => {});
  }
  function queueDone(): Promise<void> {
    return queue.catch((error) => {
      throw fileError("IO_WRITE_FAILED", path, error);
    });
  }
  function flush(): void {
    if (gatheredCount > 0) {
      const bytes = gathered.slice(0, gatheredCount);
      gatheredCount = 0;
      enqueue(() => sink.write(bytes));
    }
  }
  async function write(bytes: Uint8Array): Promise<void> {
    contentBytes += bytes.length;
    const fits = gatheredCount + bytes.length <= gatheredBytes;
    if (!fits) {
      flush();
    }
    if (bytes.length <= gatheredBytes) {
      gathered.set(bytes, gatheredCount);
      gatheredCount += bytes.length;
    } else {
      enqueue(() => sink.write(bytes));
    }
    if (!fits) {
      await queueDone();
    }
  }
  async function finish(): Promise<WrittenFile> {
    flush();
    enqueue(async () => {
      await sink.end();
      // Else a power cut could leave an empty file behind a manifest that says it is complete.
      await handle.datasync();
      await handle.close();
    });
    await queueDone();
    const digest = await digester?.digest();
    return { path, byteCount: onDisk.byteCount, ...(digest === undefined ? {} : { digest }) };
  }
  async function remove(): Promise<void> {
    await queue.catch(() => {});
    await (written === undefined ? undefined : written.catch(() => {}));
    sink.abandon();
    digester?.abandon();
    await handle.close().catch(() => {});
    await unlink(temporaryPath).catch((error) => {
      if (!hasErrorCode(error, "ENOENT")) {
        throw fileError("IO_WRITE_FAILED", temporaryPath, error);
      }
    });
    ours.delete(temporaryPath);
  }
  return {
    path,
    temporaryPath,
    get contentBytes() {
      return contentBytes;
    },
    write,
    close() {
      written ??= finish();
      return written;
    },
    discard() {
      discarded ??= remove();
      return discarded;
    },
  };
}

interface DiskSink extends OutputSink {
  readonly byteCount: number;
}

function createDiskSink(handle: FileHandle, digester: Digester | undefined): DiskSink {
  let byteCount = 0;
  return {
    get byteCount() {
      return byteCount;
    },
    async write(bytes) {
      const digested = digester?.update(bytes);
      digested?.catch(() => {});
      for (let at = 0; at < bytes.length; ) {
        const { bytesWritten } = await handle.write(bytes, at, bytes.length - at);
        at += bytesWritten;
        byteCount += bytesWritten;
      }
      await digested;
    },
    end: async () => {},
    abandon: () => {},
  };
}

/** Says that a temporary has got its final name: it is not this process's any more. */
export function forgetPartial(temporaryPath: string): void {
  ours.delete(temporaryPath);
}
