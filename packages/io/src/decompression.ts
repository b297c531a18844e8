import { DataError } from "@dpo-kit/schema";

/** The compressions that are read. */
export type Compression = "none" | "gzip" | "zstd";

/** How compressed data is unpacked. */
export interface DecompressOptions {
  /** The source's name, for errors. Default: `input`. */
  source?: string;
  /**
   * How many times its compressed size data may unpack to, once it is more than 64 MiB. Default: 200; JSON and
   * CSV of real texts stay below 20. `Infinity` switches the guard off.
   */
  maxRatio?: number;
}

/** Unpacks one compression, in a stream and in bounded memory. */
export type Decompress = (
  chunks: AsyncIterable<Uint8Array>,
  options: DecompressOptions,
) => AsyncIterable<Uint8Array>;

/** What unpacks which compression. `@dpo-kit/io/node` has faster ones than the portable. */
export interface Decompressors {
  gzip: Decompress;
  zstd?: Decompress;
}

/** Below this many bytes of output no ratio is looked at. */
const harmlessBytes = 64 * 1024 * 1024;

/**
 * Stops data that is made to exhaust the machine that unpacks it.
 * @param consumed compressed bytes read so far; `produced`: bytes unpacked from them.
 * @throws IO_DECOMPRESSION_BOMB
 */
export function guardRatio(consumed: number, produced: number, options: DecompressOptions): void {
  const maxRatio = options.maxRatio ?? 200;
  if (produced > harmlessBytes && produced > maxRatio * Math.max(consumed, 1)) {
    throw new DataError("IO_DECOMPRESSION_BOMB", {
      message: `The compressed data unpacks to more than ${maxRatio} times its size`,
      location: { source: options.source ?? "input" },
    });
  }
}

/** The error of data that is cut off or damaged. */
export function decompressionFailed(what: string, options: DecompressOptions, cause?: unknown): DataError {
  return new DataError("IO_DECOMPRESSION_FAILED", {
    message: what,
    location: { source: options.source ?? "input" },
    cause,
  });
}
