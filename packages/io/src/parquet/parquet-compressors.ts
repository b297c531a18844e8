import type { CompressionCodec } from "hyparquet";
import type { Decompressors } from "../decompression.ts";
import type { PageStream } from "./stream-page.ts";
import { unsnappy } from "./unsnappy.ts";

/** What unpacks the pages of a Parquet file, by the name of the compression in the format. */
export type ParquetCompressors = Partial<
  Record<
    "SNAPPY" | "GZIP" | "BROTLI" | "ZSTD" | "LZ4" | "LZ4_RAW",
    (packed: Uint8Array, unpackedLength: number) => Uint8Array
  >
>;

/** Unpackers for every compression of the format, in any JavaScript. */
export async function portableParquetCompressors(): Promise<ParquetCompressors> {
  const [{ compressors }, { decompress }] = await Promise.all([
    import("hyparquet-compressors"),
    import("fzstd"),
  ]);
  return {
    ...(compressors as ParquetCompressors),
    // With the room it may take: else what a frame says of its size is believed.
    ZSTD: (packed, unpackedLength) => decompress(packed, new Uint8Array(unpackedLength)),
  };
}

/** What unpacks large pages piece by piece; pages of other compressions are unpacked at once. */
export type PageStreams = Partial<Record<CompressionCodec, PageStream>>;

/** What the header of a page allows is checked before. */
const unguarded = { maxRatio: Number.POSITIVE_INFINITY };

/** Makes the streams for pages of those for files. */
export function pageStreams({ gzip, zstd }: Decompressors): PageStreams {
  return {
    SNAPPY: unsnappy,
    GZIP: (packed) => gzip(packed, unguarded),
    ...(zstd === undefined ? {} : { ZSTD: (packed) => zstd(packed, unguarded) }),
  };
}
