import { mkdtemp, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import { fileError } from "./file-error.ts";
import { isStale, machineName } from "./stale-partials.ts";

/** A folder for what does not fit into memory while something runs. */
export interface WorkingFolder {
  readonly path: string;
  /** Removes it with all that is in it. Safe to call more than once. */
  close(): Promise<void>;
}

const ours = new Set<string>();

/**
 * Makes a hidden folder in `parent`, which exists; it tells the process it belongs to. Those of processes that were killed, which
 * can be as large as their input was, are removed.
 *
 * @throws IO_WRITE_FAILED
 */
export async function createWorkingFolder(parent: string): Promise<WorkingFolder> {
  try {
    await removeStaleFolders(parent);
    const path = await mkdtemp(join(parent, `${prefix}${process.pid}-`));
    ours.add(path);
    return {
      path,
      async close() {
        await rm(path, { recursive: true, force: true });
        ours.delete(path);
      },
    };
  } catch (error) {
    throw fileError("IO_WRITE_FAILED", parent, error);
  }
}

const prefix = `.dpo-work-${machineName}-`;

async function removeStaleFolders(parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    const id = /^(\d+)-/u.exec(name.startsWith(prefix) ? name.slice(prefix.length) : "");
    const path = join(parent, name);
    if (id !== null && !ours.has(path) && isStale(Number(id[1]))) {
      await rm(path, { recursive: true, force: true }).catch(() => {});
    }
  }
}
