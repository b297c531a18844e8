import { once } from "node:events";
import type { Transform } from "node:stream";
import * as zlib from "node:zlib";
import { DataError } from "@dpo-kit/schema";
import type { Compression } from "../decompression.ts";

/** Where bytes go. */
export interface OutputSink {
  /** Resolves when more can be taken; calls do not overlap. */
  write(bytes: Uint8Array): Promise<void>;
  /** Everything has been given. */
  end(): Promise<void>;
  /** Nothing more will come, and what came is of no use. */
  abandon(): void;
}

/** The level of gzip: zlib's own default, stated so that it never changes unnoticed. */
export const gzipLevel = 6;
/** The level of Zstandard: the library's own default. */
export const zstdLevel = 3;

const chunkSize = 1 << 18;

/**
 * Packs what is written and passes it on. A gzip header holds no time and no operating system, so the same
 * content gives the same bytes on every machine with the same zlib.
 *
 * @throws IO_WRITE_FAILED where this Node has no Zstandard.
 */
export function createCompressor(compression: Compression, target: OutputSink): OutputSink {
  switch (compression) {
    case "none":
      return target;
    case "gzip":
      return pumped(zlib.createGzip({ level: gzipLevel, chunkSize }), target, withoutSystem());
    case "zstd":
      return pumped(zstdCompressor(), target, (bytes) => bytes);
  }
}

function zstdCompressor(): Transform {
  const { createZstdCompress, constants } = zlib as {
    createZstdCompress?: (options: object) => Transform;
    constants: Record<string, number>;
  };
  if (createZstdCompress === undefined) {
    throw new DataError("IO_WRITE_FAILED", {
      message: "This version of Node cannot write Zstandard",
      hint: "Use Node 22.15 or newer, or name the output .jsonl.gz or .jsonl.",
    });
  }
  return createZstdCompress({ chunkSize, params: { [constants.ZSTD_c_compressionLevel!]: zstdLevel } });
}

/** Where gzip's header names the operating system, and the number that means "unknown" (RFC 1952, 2.3.1). */
const systemOffset = 9;
const unknownSystem = 255;

function withoutSystem(): (bytes: Uint8Array) => Uint8Array {
  let offset = 0;
  return (bytes) => {
    const at = systemOffset - offset;
    offset += bytes.length;
    if (at >= 0 && at < bytes.length) {
      bytes[at] = unknownSystem;
    }
    return bytes;
  };
}

function pumped(
  packer: Transform,
  target: OutputSink,
  change: (bytes: Uint8Array) => Uint8Array,
): OutputSink {
  const pumping = pump();
  pumping.catch(() => {});

  async function pump(): Promise<void> {
    for await (const piece of packer as AsyncIterable<Uint8Array>) {
      await target.write(change(piece));
    }
  }
  return {
    async write(bytes) {
      if (!packer.write(bytes)) {
        // Where the target fails, the packer takes no more: then that is what must be told.
        await Promise.race([once(packer, "drain"), pumping]);
      }
    },
    async end() {
      packer.end();
      await pumping;
      await target.end();
    },
    abandon() {
      packer.destroy();
      target.abandon();
    },
  };
}
