import { randomUUID } from "node:crypto";
import { open, readFile, rename, rm } from "node:fs/promises";
import { DataError } from "@dpo-kit/schema";
import { formatTuneState, parseTuneState } from "../state/parse-tune-state.ts";
import { emptyTuneState, type StateStore, type TuneState } from "../state/tune-state.ts";

/**
 * Keeps a state in a file. It is written beside its place, brought to the disk, and renamed: a process that is ended
 * at any moment leaves the old one or the new one.
 */
export function createFileStateStore(path: string): StateStore {
  return { read: () => readState(path), write: (state) => writeState(path, state) };
}

async function readState(path: string): Promise<TuneState> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") {
      return emptyTuneState;
    }
    throw new DataError("TUNE_STATE_INVALID", {
      message: `${path} cannot be read`,
      location: { source: path },
      cause,
    });
  }
  return parseTuneState(text, path);
}

async function writeState(path: string, state: TuneState): Promise<void> {
  const beside = `${path}.${randomUUID()}.tmp`;
  try {
    const file = await open(beside, "wx", 0o600);
    try {
      await file.writeFile(formatTuneState(state));
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, path);
  } catch (cause) {
    await rm(beside, { force: true });
    throw new DataError("IO_WRITE_FAILED", {
      message: `${path} cannot be written`,
      location: { source: path },
      cause,
    });
  }
}
