import { createHash } from "node:crypto";
import { mkdir, open, readdir, readFile, rm, rmdir, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { DataError } from "@dpo-kit/schema";

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
  const [lock, mark, scratch] = [join(path, "lock"), join(path, "begun"), join(path, "scratch")];
  const made = await mkdir(path, { recursive: true }).catch((cause: Error) => {
    throw new DataError("IO_WRITE_FAILED", { message: `${path} cannot be made: ${cause.message}`, cause });
  });
  await takeLock(lock, output);
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
      // Killed between two of these, a run can still be begun again.
      for (const name of (await readdir(path)).filter((one) => one !== "begun" && one !== "lock")) {
        await rm(join(path, name), { recursive: true, force: true });
      }
      await rm(mark, { force: true });
      await rm(path, { recursive: true, force: true });
    },
    async release() {
      if (!isHeld) {
        return;
      }
      isHeld = false;
      await removeLeftovers(path);
      await rm(lock, { force: true });
      // Where nothing was finished, nothing is left; nor is a folder that was made for it.
      await rmdir(path).catch(() => {});
      if (made !== undefined) {
        await rmdir(output).catch(() => {});
      }
    },
  };
}

/** What a run that was killed left half done. */
async function removeLeftovers(path: string): Promise<void> {
  for (const name of await readdir(path)) {
    if (name === "scratch" || name.endsWith(".partial")) {
      await rm(join(path, name), { recursive: true, force: true });
    }
  }
}

/** A process of this machine that has ended holds no lock. */
async function takeLock(path: string, output: string): Promise<void> {
  const machine = createHash("sha256").update(hostname()).digest("hex").slice(0, 8);
  for (let attempt = 0; attempt < 2; attempt += 1) {
    const file = await open(path, "wx", 0o600).catch(() => undefined);
    if (file !== undefined) {
      await file.writeFile(`${machine} ${process.pid}\n`);
      await file.close();
      return;
    }
    const [holder, id] = (await readFile(path, "utf8").catch(() => "")).trim().split(" ");
    // A lock without a holder is of a process that was killed between making and writing it.
    if (holder !== "" && holder !== undefined && (holder !== machine || isAlive(Number(id)))) {
      throw new DataError("RECIPE_IN_USE", {
        message: `Another run works on ${output} (process ${id}${holder === machine ? "" : " of another machine"})`,
        hint: `Wait for it to end. If there is none, remove ${path}`,
      });
    }
    await rm(path, { force: true });
  }
  throw new DataError("RECIPE_IN_USE", { message: `Another run works on ${output}` });
}

function isAlive(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
