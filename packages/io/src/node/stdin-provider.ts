import process from "node:process";
import type { Readable } from "node:stream";
import { readChunks } from "../read-chunks.ts";
import type { SourceProvider } from "../source.ts";
import { fileError } from "./file-error.ts";

/** Makes the provider of standard input, which is `-`. Its source can be read once. */
export function createStdinProvider(options: { stream?: Readable } = {}): SourceProvider {
  return {
    scheme: "stdin",
    claims: (address) => address === "-",
    resolve: async () => [
      {
        name: "-",
        baseName: "stdin",
        open: (openOptions) => readStream(options.stream ?? process.stdin, openOptions),
        rereadable: false,
      },
    ],
  };
}

async function* readStream(
  stream: Readable,
  options: { signal?: AbortSignal } = {},
): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    yield* readChunks(stream as AsyncIterable<Uint8Array>, options);
  } catch (error) {
    throw options.signal?.aborted === true ? error : fileError("IO_UNREADABLE", "-", error);
  }
}
