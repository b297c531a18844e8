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
