import { createHash } from "node:crypto";
import { readdir, unlink } from "node:fs/promises";
import { hostname } from "node:os";
import { basename, dirname, join } from "node:path";
import process from "node:process";
import { hasErrorCode } from "./file-error.ts";

/**
 * What tells this machine, or container, from others that write to the same folder: their process ids say
 * nothing about ours. A few letters of a hash, so that no name of a machine stands in a folder.
 */
export const machineName: string = createHash("sha256").update(hostname()).digest("hex").slice(0, 8);

/**
 * Removes the temporaries of a target whose process has ended without removing them.
 * @param ours those that this process has open, which stay.
 */
export async function removeStalePartials(target: string, ours: ReadonlySet<string>): Promise<void> {
  const folder = dirname(target);
  const prefix = `.${basename(target)}.${machineName}-`;
  for (const name of await readdir(folder)) {
    const id = /^(\d+)\.partial$/u.exec(name.startsWith(prefix) ? name.slice(prefix.length) : "");
    const path = join(folder, name);
    if (id !== null && !ours.has(path) && isStale(Number(id[1]))) {
      await unlink(path).catch(() => {});
    }
  }
}

/** A temporary under our own process id that we have not open is of an earlier process with that id. */
export function isStale(processId: number): boolean {
  if (processId === process.pid) {
    return true;
  }
  try {
    process.kill(processId, 0);
    return false;
  } catch (error) {
    // A process that may not be signalled is alive.
    return hasErrorCode(error, "ESRCH");
  }
}
