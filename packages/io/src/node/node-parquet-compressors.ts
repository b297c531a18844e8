import * as zlib from "node:zlib";
import type { ParquetCompressors } from "../parquet/parquet-compressors.ts";

type Unpack = (packed: Uint8Array, options: { maxOutputLength: number }) => Uint8Array;

/** Unpacks pages with Node's own code: gzip, Brotli, and Zstandard where this Node has it (22.15 and newer). */
export const nodeParquetCompressors: ParquetCompressors = {
  GZIP: bounded(zlib.gunzipSync),
  BROTLI: bounded(zlib.brotliDecompressSync),
  ...zstd(),
};

function bounded(unpack: Unpack): (packed: Uint8Array, unpackedLength: number) => Uint8Array {
  return (packed, unpackedLength) => {
    // Node takes no 0 there.
    const bytes = unpack(packed, { maxOutputLength: Math.max(1, unpackedLength) });
    return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
  };
}

function zstd(): ParquetCompressors {
  // Newer than the oldest Node that is supported, so that its types may lack it.
  const { zstdDecompressSync } = zlib as { zstdDecompressSync?: Unpack };
  return zstdDecompressSync === undefined ? {} : { ZSTD: bounded(zstdDecompressSync) };
}
