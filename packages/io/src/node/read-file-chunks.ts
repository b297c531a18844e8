import { type FileHandle, open } from "node:fs/promises";
import { fileError } from "./file-error.ts";

/** Bytes that are read at once. */
const chunkBytes = 1 << 20;

/**
 * The bytes of a file in pieces of up to 1 MiB, each a new array. While one is worked on the next is being read.
 * @throws IO_UNREADABLE
 */
export async function* readFileChunks(
  path: string,
  options: { signal?: AbortSignal } = {},
): AsyncGenerator<Uint8Array, void, undefined> {
  options.signal?.throwIfAborted();
  const handle = await open(path).catch((error) => {
    throw fileError("IO_UNREADABLE", path, error);
  });
  let next = readChunk(handle, path);
  try {
    for (let chunk = await next; chunk.length > 0; chunk = await next) {
      options.signal?.throwIfAborted();
      next = readChunk(handle, path);
      yield chunk;
    }
  } finally {
    // Closing waits for the read that is under way, whose failure matters to nobody any more.
    await next.catch(() => {});
    await handle.close();
  }
}

function readChunk(handle: FileHandle, path: string): Promise<Uint8Array> {
  const buffer = new Uint8Array(chunkBytes);
  const reading = handle.read(buffer, 0, chunkBytes, null).then(
    ({ bytesRead }) => buffer.subarray(0, bytesRead),
    (error) => {
      throw fileError("IO_UNREADABLE", path, error);
    },
  );
  // It is awaited a turn later: until then nobody has caught it.
  reading.catch(() => {});
  return reading;
}
