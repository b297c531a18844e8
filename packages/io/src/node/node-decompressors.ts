import type { Transform } from "node:stream";
import * as zlib from "node:zlib";
import {
  type Decompress,
  type DecompressOptions,
  type Decompressors,
  decompressionFailed,
  guardRatio,
} from "../decompression.ts";
import { unzstd } from "../unzstd.ts";

/** Bytes of unpacked data in a piece. */
const chunkSize = 1 << 18;

const otherData = "other data follows; if it is a second frame of Zstandard, unpack the file with zstd -d";

/** zlib's streams count the bytes that they have taken. */
type Unpacker = Transform & { readonly bytesWritten: number };

/**
 * Unpacks with Node's own code, off the main thread: gzip, and Zstandard where this Node has it (22.15 and newer;
 * before that the portable one does it). Behaves as the portable ones do.
 */
export const nodeDecompressors: Decompressors = {
  gzip: (chunks, options) => unpack(chunks, zlib.createGunzip({ chunkSize }), options),
  zstd: unzstd,
  ...zstdDecompressor(),
};

function zstdDecompressor(): { zstd?: Decompress } {
  // Newer than the oldest Node that is supported, so that its types may lack it.
  const { createZstdDecompress } = zlib as { createZstdDecompress?: (options: object) => Unpacker };
  return createZstdDecompress === undefined
    ? {}
    : { zstd: (chunks, options) => unpack(chunks, createZstdDecompress({ chunkSize }), options) };
}

async function* unpack(
  chunks: AsyncIterable<Uint8Array>,
  unpacker: Unpacker,
  options: DecompressOptions,
): AsyncGenerator<Uint8Array, void, undefined> {
  const feeder = createFeeder(chunks[Symbol.asyncIterator](), unpacker);
  const fed = feeder.run();
  let produced = 0;
  try {
    for await (const piece of unpacker as AsyncIterable<Uint8Array>) {
      produced += piece.length;
      guardRatio(unpacker.bytesWritten, produced, options);
      yield new Uint8Array(piece.buffer, piece.byteOffset, piece.length);
    }
    await fed;
    if (feeder.contentEnd > unpacker.bytesWritten) {
      throw new Error(otherData);
    }
  } catch (error) {
    throw feeder.sourceError ?? asDataError(error, unpacker, options);
  } finally {
    await feeder.stop();
  }
}

interface Feeder {
  /** Writes the source into the unpacker, and reads it on behind the end of the packed data. */
  run(): Promise<void>;
  /** Ends both; the source is closed at once unless a read is waiting. */
  stop(): Promise<void>;
  /** The offset behind the last byte given that is not NUL: NUL bytes behind the end are padding. */
  readonly contentEnd: number;
  readonly sourceError: unknown;
}

function createFeeder(source: AsyncIterator<Uint8Array>, unpacker: Unpacker): Feeder {
  const state = { contentEnd: 0, sourceError: undefined as unknown };
  let offset = 0;
  let isReading = false;
  let isStopped = false;
  const ended = new Promise<void>((resolve) => {
    unpacker
      .once("end", resolve)
      .once("close", resolve)
      .once("error", () => resolve());
  });

  async function read(): Promise<Uint8Array | undefined> {
    isReading = true;
    const next = await source.next();
    isReading = false;
    return next.done === true ? undefined : next.value;
  }
  function note(chunk: Uint8Array): void {
    const last = chunk.findLastIndex((byte) => byte !== 0);
    state.contentEnd = last === -1 ? state.contentEnd : offset + last + 1;
    offset += chunk.length;
  }
  async function feed(): Promise<void> {
    for (let chunk = await read(); chunk !== undefined && !isStopped; chunk = await read()) {
      note(chunk);
      if (unpacker.readableEnded) {
        if (state.contentEnd > unpacker.bytesWritten) {
          return;
        }
      } else if (!unpacker.write(chunk)) {
        await Promise.race([new Promise((resolve) => unpacker.once("drain", resolve)), ended]);
      }
    }
    unpacker.end();
  }
  return {
    get contentEnd() {
      return state.contentEnd;
    },
    get sourceError() {
      return state.sourceError;
    },
    run: () =>
      feed().catch((error) => {
        state.sourceError = error;
        unpacker.destroy(error as Error);
      }),
    async stop() {
      isStopped = true;
      unpacker.destroy();
      const closed = Promise.resolve(source.return?.()).catch(() => {});
      await (isReading ? undefined : closed);
    },
  };
}

function asDataError(error: unknown, unpacker: Unpacker, options: DecompressOptions): unknown {
  const { code, message } = error as { code?: unknown; message?: string };
  const isZlib = typeof code === "string" ? /^(Z_|ZSTD|ERR_ZSTD)/u.test(code) : message === otherData;
  if (!isZlib) {
    return error;
  }
  const what = `The compressed data cannot be unpacked behind byte ${unpacker.bytesWritten}: ${message}`;
  return decompressionFailed(what, options, error);
}
