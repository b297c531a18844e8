import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { acquireDigestWorker, type DigestWorker } from "./digest-worker.ts";
import { fileError } from "./file-error.ts";

/** Computes one SHA-256 digest beside the work of the main thread. */
export interface Digester {
  /**
   * Adds bytes, in order; they are copied, so that they may change afterwards. Wait for it: it resolves once
   * little enough is waiting to be digested.
   */
  update(bytes: Uint8Array): Promise<void>;
  /** Ends it: `sha256:` and 64 hexadecimal digits. */
  digest(): Promise<string>;
  /** Ends it without a result. */
  abandon(): void;
}

/** Bytes that are moved to the worker at once. What is shorter in all is digested here: no worker is started. */
const pieceBytes = 1 << 20;
/** Pieces that may be with the worker at once. */
const mostOutstanding = 8;

/** Names a digest with its algorithm. */
function named(hexadecimal: string): string {
  return `sha256:${hexadecimal}`;
}

let ids = 0;

/** Begins a digest that is computed in a worker thread, with at most 8 MiB on their way to it. */
export function createDigester(): Digester {
  ids += 1;
  const id = ids;
  const spare: Uint8Array<ArrayBuffer>[] = [];
  const outstanding: Promise<unknown>[] = [];
  let piece = new Uint8Array(1 << 14);
  let filled = 0;
  let worker: DigestWorker | undefined;

  function send(): void {
    worker ??= acquireDigestWorker();
    const sent = worker.ask({ kind: "update", id, bytes: piece, length: filled }).then(({ bytes }) => {
      if (bytes !== undefined) {
        spare.push(bytes);
      }
    });
    // It is awaited later, or with the digest.
    sent.catch(() => {});
    outstanding.push(sent);
    piece = spare.pop() ?? new Uint8Array(pieceBytes);
    filled = 0;
  }
  async function update(bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length; ) {
      const part = bytes.subarray(at, at + pieceBytes - filled);
      piece = withRoom(piece, filled, part.length);
      piece.set(part, filled);
      filled += part.length;
      at += part.length;
      if (filled === pieceBytes) {
        send();
      }
    }
    while (outstanding.length > mostOutstanding) {
      await outstanding.shift();
    }
  }
  async function digest(): Promise<string> {
    if (worker === undefined) {
      return named(createHash("sha256").update(piece.subarray(0, filled)).digest("hex"));
    }
    try {
      send();
      await Promise.all(outstanding);
      return named((await worker.ask({ kind: "digest", id })).digest!);
    } finally {
      worker.release();
    }
  }
  function abandon(): void {
    worker?.ask({ kind: "forget", id }).catch(() => {});
    worker?.release();
  }
  return { update, digest, abandon };
}

/** The piece, or a larger one with the same start: short outputs take no MiB. */
function withRoom(piece: Uint8Array<ArrayBuffer>, filled: number, more: number): Uint8Array<ArrayBuffer> {
  if (filled + more <= piece.length) {
    return piece;
  }
  const larger = new Uint8Array(Math.min(pieceBytes, Math.max(filled + more, piece.length * 4)));
  larger.set(piece.subarray(0, filled));
  return larger;
}

/**
 * The SHA-256 digest of a file as it is on disk, computed in a worker thread: `sha256:` and 64 hexadecimal digits.
 * @throws IO_UNREADABLE
 */
export async function digestFile(path: string): Promise<string> {
  try {
    const { size } = await stat(path);
    if (size <= pieceBytes) {
      return named(
        createHash("sha256")
          .update(await readFile(path))
          .digest("hex"),
      );
    }
    const worker = acquireDigestWorker();
    try {
      return named((await worker.ask({ kind: "file", path })).digest!);
    } finally {
      worker.release();
    }
  } catch (error) {
    throw fileError("IO_UNREADABLE", path, error);
  }
}
