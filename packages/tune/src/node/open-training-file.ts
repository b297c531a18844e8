import { createHash } from "node:crypto";
import { createReadStream, openAsBlob } from "node:fs";
import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { DataError } from "@dpo-kit/schema";
import type { TrainingFile } from "../training-file.ts";

const LINE_FEED = 10;

/**
 * A file on disk as providers take it. It is read once for its hashes, and again while it is sent; it is never held
 * in memory.
 *
 * @throws IO_UNREADABLE
 */
export async function openTrainingFile(path: string, signal?: AbortSignal): Promise<TrainingFile> {
  try {
    // Opened before it is hashed: a file that changes after that cannot be sent any more.
    const content = await openAsBlob(path);
    const { sha256, md5, examples } = await readThrough(path, signal);
    const { size: bytes } = await stat(path);
    return { name: basename(path), bytes, content, sha256, md5, examples };
  } catch (cause) {
    signal?.throwIfAborted();
    throw new DataError("IO_UNREADABLE", {
      message: `${path} cannot be read`,
      location: { source: path },
      cause,
    });
  }
}

async function readThrough(
  path: string,
  signal: AbortSignal | undefined,
): Promise<Pick<TrainingFile, "sha256" | "md5" | "examples">> {
  const sha256 = createHash("sha256");
  const md5 = createHash("md5");
  let examples = 0;
  let isLineOpen = false;
  const stream = createReadStream(path, signal === undefined ? {} : { signal });
  for await (const chunk of stream as AsyncIterable<Uint8Array>) {
    sha256.update(chunk);
    md5.update(chunk);
    for (const byte of chunk) {
      examples += byte === LINE_FEED && isLineOpen ? 1 : 0;
      isLineOpen = byte !== LINE_FEED;
    }
  }
  return { sha256: sha256.digest("hex"), md5: md5.digest("hex"), examples: examples + (isLineOpen ? 1 : 0) };
}
