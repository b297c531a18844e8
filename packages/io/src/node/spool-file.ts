import { mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { OpenRandomAccess } from "../random-access.ts";
import { fileError } from "./file-error.ts";
import { fileRandomAccess } from "./file-random-access.ts";

/**
 * Writes a stream to a temporary file, so that any part of it can be read. Closing it removes the file.
 * @throws IO_WRITE_FAILED, and what the stream throws.
 */
export async function spoolFile(chunks: AsyncIterable<Uint8Array>): Promise<OpenRandomAccess> {
  const folder = await mkdtemp(join(tmpdir(), "dpo-kit-input-")).catch((error) => {
    throw fileError("IO_WRITE_FAILED", tmpdir(), error);
  });
  const path = join(folder, "input");
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    await write(path, chunks);
    const file = await fileRandomAccess(path);
    return {
      byteLength: file.byteLength,
      slice: file.slice,
      close: () => file.close().finally(remove),
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

async function write(path: string, chunks: AsyncIterable<Uint8Array>): Promise<void> {
  // Readable by nobody else: what is spooled may be personal.
  const handle = await open(path, "wx", 0o600);
  try {
    for await (const chunk of chunks) {
      await handle.writeFile(chunk).catch((error) => {
        throw fileError("IO_WRITE_FAILED", path, error);
      });
    }
  } finally {
    await handle.close();
  }
}
