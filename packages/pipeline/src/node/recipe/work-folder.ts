import { mkdir, readdir, readFile, rm, rmdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DataError } from "@dpo-kit/schema";
import { takeRunLock } from "./run-lock.ts";

/** The name of the folder, inside the folder of the output, in which unfinished work is kept. */
export const WORK_FOLDER = ".dpo-run";

/** Where a run keeps what it can go on from. */
export interface WorkFolder {
  readonly path: string;
  /** For what is of no use to a later run. Empty at the start. */
  readonly scratch: string;
  /** Whether an earlier run began here and did not succeed: the outputs that are there are its own. */
  readonly isResumed: boolean;
  /** The names of the spools that are there. */
  spools(): Promise<string[]>;
  /** Says that the outputs may from now on be this run's own. */
  claimOutputs(): Promise<void>;
  /** Takes it away: the run has succeeded. */
  remove(): Promise<void>;
  /** Leaves what a later run can go on from. Safe to call after `remove`. */
  release(): Promise<void>;
}

/**
 * Opens the work folder in the folder of an output, and keeps other runs out of it.
 * @throws RECIPE_IN_USE IO_WRITE_FAILED
 */
export async function openWorkFolder(output: string): Promise<WorkFolder> {
  const path = join(output, WORK_FOLDER);
  const [mark, scratch] = [join(path, "begun"), join(path, "scratch")];
  const made = await mkdir(path, { recursive: true }).catch((cause: Error) => {
    throw new DataError("IO_WRITE_FAILED", { message: `${path} cannot be made: ${cause.message}`, cause });
  });
  const lock = await takeRunLock(path, output);
  await removeLeftovers(path);
  await mkdir(scratch);
  const isResumed = (await readFile(mark).catch(() => undefined)) !== undefined;
  let isHeld = true;
  return {
    path,
    scratch,
    isResumed,
    async spools() {
      return (await readdir(path)).filter((name) => name.endsWith(".spool")).sort();
    },
    claimOutputs: () => writeFile(mark, "The outputs in the folder above are of a run that has not ended.\n"),
    async remove() {
      isHeld = false;
      // The mark last: killed before it goes, a run can still be begun again.
      await removeAll(path, (name) => name !== "begun" && !name.startsWith("lock-"));
      await rm(mark, { force: true });
      await lock.release();
      // What another run has begun in the meantime stays.
      await rmdir(path).catch(() => {});
    },
    async release() {
      if (!isHeld) {
        return;
      }
      isHeld = false;
      await removeLeftovers(path);
      await lock.release();
      // Where nothing was finished, nothing is left; nor is a folder that was made for it.
      await rmdir(path).catch(() => {});
      if (made !== undefined) {
        await rmdir(output).catch(() => {});
      }
    },
  };
}

/** What a run that was killed left half done. */
function removeLeftovers(path: string): Promise<void> {
  return removeAll(path, (name) => name === "scratch" || name.endsWith(".partial"));
}

async function removeAll(path: string, isGoing: (name: string) => boolean): Promise<void> {
  for (const name of (await readdir(path)).filter(isGoing)) {
    await rm(join(path, name), { recursive: true, force: true });
  }
}
