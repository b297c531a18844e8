import { DataError } from "@dpo-kit/schema";
import { type DecompressOptions, decompressionFailed, guardRatio } from "./decompression.ts";
import { peekChunks } from "./peek-chunks.ts";
import { zstdHeaderBytes, zstdWindow } from "./zstd-window.ts";

/** Bytes that are given to the unpacker at once: a block of three bytes can stand for 128 KiB. */
const sliceBytes = 1 << 12;
/** References farther back than this the library misreads: it reads 25 bits of them at once. */
const largestWindow = 1 << 25;

/**
 * Unpacks Zstandard (https://datatracker.ietf.org/doc/html/rfc8878) in any JavaScript: all frames of the file, in
 * bounded memory. Data that is cut off or malformed is refused; checksums of frames, which are optional, are not
 * verified, as Node's own does.
 *
 * @throws IO_DECOMPRESSION_FAILED IO_DECOMPRESSION_BOMB
 */
export async function* unzstd(
  chunks: AsyncIterable<Uint8Array>,
  options: DecompressOptions = {},
): AsyncGenerator<Uint8Array, void, undefined> {
  const { Decompress } = await import("fzstd");
  let pieces: Uint8Array[] = [];
  let consumed = 0;
  let produced = 0;
  const unpacker = new Decompress((piece) => {
    produced += piece.length;
    guardRatio(consumed, produced, options);
    pieces.push(piece);
  });
  const push = (slice: Uint8Array, isLast: boolean): Uint8Array[] => {
    consumed += slice.length;
    try {
      unpacker.push(slice, isLast);
    } catch (error) {
      throw asDataError(error, consumed, options);
    }
    const given = pieces.filter((piece) => piece.length > 0);
    pieces = [];
    return given;
  };
  const peeked = await peekChunks(chunks, zstdHeaderBytes);
  refuseLargeWindow(peeked.head, options);
  for await (const chunk of peeked.chunks) {
    for (let at = 0; at < chunk.length; at += sliceBytes) {
      // The unpacker keeps what it cannot use yet, and the caller may use its chunk again.
      yield* push(chunk.slice(at, at + sliceBytes), false);
    }
  }
  yield* push(new Uint8Array(0), true);
}

/** What `zstd --long` packs. */
function refuseLargeWindow(head: Uint8Array, { source = "input" }: DecompressOptions): void {
  if ((zstdWindow(head) ?? 0) > largestWindow) {
    throw new DataError("IO_DECOMPRESSION_FAILED", {
      message: "The Zstandard data was packed with a window of more than 32 MiB",
      location: { source },
      hint: "Unpack it with zstd -d --long=31, and give the result.",
    });
  }
}

function asDataError(error: unknown, consumed: number, options: DecompressOptions): unknown {
  const { name, message, code } = error as { name?: string; message?: string; code?: unknown };
  if (name === "DataError") {
    return error;
  }
  const what = code === 5 ? "it is cut off" : message;
  return decompressionFailed(
    `The Zstandard data cannot be unpacked before byte ${consumed}: ${what}`,
    options,
    error,
  );
}
