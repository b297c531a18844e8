import { type FileHandle, open } from "node:fs/promises";
import type { OpenRandomAccess } from "../random-access.ts";
import { fileError } from "./file-error.ts";

/**
 * Opens a file to be read at any place. Close it.
 * @throws IO_UNREADABLE
 */
export async function fileRandomAccess(path: string): Promise<OpenRandomAccess> {
  const handle = await orFileError(path, () => open(path));
  try {
    const { size } = await orFileError(path, () => handle.stat());
    return {
      byteLength: size,
      slice: (start, end) =>
        orFileError(path, () => readAt(handle, start, Math.max(0, Math.min(end, size) - start))),
      close: () => handle.close(),
    };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

async function readAt(handle: FileHandle, start: number, length: number): Promise<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await handle.read(bytes, filled, length - filled, start + filled);
    if (bytesRead === 0) {
      return bytes.buffer.slice(0, filled);
    }
    filled += bytesRead;
  }
  return bytes.buffer;
}

async function orFileError<T>(path: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    throw fileError("IO_UNREADABLE", path, error);
  }
}
