import { openAsBlob } from "node:fs";
import { DataError } from "@dpo-kit/schema";
import type { PushFile } from "../push-plan.ts";

/**
 * A file on disk as `pushDataset` takes it. Its content is read while it is uploaded, never held in memory.
 *
 * @param filePath where it is on disk.
 * @throws IO_UNREADABLE
 */
export async function openPushFile(filePath: string, file: Omit<PushFile, "content">): Promise<PushFile> {
  const content = await open(filePath);
  return { ...file, content };
}

/** `openAsBlob` throws at once where it cannot open. */
async function open(filePath: string): Promise<Blob> {
  try {
    return await openAsBlob(filePath);
  } catch (cause) {
    throw new DataError("IO_UNREADABLE", {
      message: `${filePath} cannot be read`,
      location: { source: filePath },
      cause,
    });
  }
}
