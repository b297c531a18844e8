import type { Compression, DecompressOptions, Decompressors } from "./decompression.ts";
import { gunzip } from "./gunzip.ts";
import { peekChunks } from "./peek-chunks.ts";
import { refuseUnreadable } from "./refuse-unreadable.ts";
import { unzstd } from "./unzstd.ts";

/** What works everywhere: gzip and Zstandard, in plain JavaScript. */
export const portableDecompressors: Decompressors = { gzip: gunzip, zstd: unzstd };

/** How packed data is found and unpacked. */
export interface DecompressChunksOptions extends DecompressOptions {
  /** What unpacks it. Default: {@link portableDecompressors}. */
  decompressors?: Decompressors;
}

/** Unpacked data, and what it was packed with. */
export interface DecompressedChunks {
  compression: Compression;
  chunks: AsyncGenerator<Uint8Array, void, undefined>;
}

/** The compression a source begins with, by its magic bytes. */
export function sniffCompression(head: Uint8Array): Compression {
  if (head[0] === 0x1f && head[1] === 0x8b) {
    return "gzip";
  }
  return head[0] === 0x28 && head[1] === 0xb5 && head[2] === 0x2f && head[3] === 0xfd ? "zstd" : "none";
}

/**
 * Unpacks a source if it is packed, which its first bytes tell, not its name.
 * @throws IO_UNSUPPORTED_FORMAT where nothing unpacks zstd; while reading IO_DECOMPRESSION_FAILED
 * IO_DECOMPRESSION_BOMB
 */
export async function decompressChunks(
  chunks: AsyncIterable<Uint8Array>,
  options: DecompressChunksOptions = {},
): Promise<DecompressedChunks> {
  const { decompressors = portableDecompressors } = options;
  const peeked = await peekChunks(chunks, 4);
  const compression = sniffCompression(peeked.head);
  if (compression === "none") {
    return { compression, chunks: peeked.chunks };
  }
  const unpack = decompressors[compression];
  if (unpack === undefined) {
    await peeked.chunks.return();
    refuseUnreadable(compression, { source: options.source ?? "input" });
  }
  return { compression, chunks: generate(unpack!(peeked.chunks, options)) };
}

async function* generate(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  yield* chunks;
}
