import { randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import { machineName } from "@dpo-kit/io/node";
import { DataError } from "@dpo-kit/schema";

/** That a run works in a folder, and no other. */
export interface RunLock {
  /** Safe to call more than once. */
  release(): Promise<void>;
}

/** Who holds a lock: a machine, a process on it, and which of the locks of that process it is. */
interface Holder {
  /** The number of the lock. */
  readonly number: number;
  readonly machine: string;
  readonly process: number;
  readonly id: string;
}

/** Locks of this process: another with its number is of an earlier process that had the same one. */
const ours = new Set<string>();
const ATTEMPTS = 20;
const HOLDER = "holder";

/**
 * Takes the lock of a folder. A lock is a folder with its holder in it, made under another name and renamed, so that
 * it is never there without its holder; `rename` refuses a name that is taken by a folder that is not empty
 * (https://pubs.opengroup.org/onlinepubs/9799919799/functions/rename.html). That of a process that has ended is not
 * taken over, which two could do at once: the next number is, which one of them gets.
 *
 * @param output what is worked on, for messages.
 * @throws RECIPE_IN_USE IO_WRITE_FAILED
 */
export async function takeRunLock(folder: string, output: string): Promise<RunLock> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const before = await holdersIn(folder);
    refuseLiving(before, { folder, output });
    const number = Math.max(0, ...before.map((holder) => holder.number)) + 1;
    const id = randomUUID();
    if (!(await claim(folder, number, id))) {
      continue;
    }
    const release = async (): Promise<void> => {
      await rm(lockPath(folder, number), { recursive: true, force: true });
      ours.delete(id);
    };
    try {
      const others = (await holdersIn(folder)).filter((holder) => holder.id !== id);
      refuseLiving(others, { folder, output });
      for (const ended of others) {
        await rm(lockPath(folder, ended.number), { recursive: true, force: true });
      }
      return { release };
    } catch (error) {
      await release();
      throw error;
    }
  }
  throw new DataError("RECIPE_IN_USE", { message: `Other runs begin and end on ${output} all the time` });
}

/** Makes the lock of a number; false where another run was faster. */
async function claim(folder: string, number: number, id: string): Promise<boolean> {
  const draft = join(folder, `${id}.partial`);
  ours.add(id);
  try {
    // A run that ends takes the folder with it.
    await mkdir(draft, { recursive: true });
    await writeFile(join(draft, HOLDER), `${machineName} ${process.pid} ${id}\n`);
    await rename(draft, lockPath(folder, number));
    return true;
  } catch (cause) {
    ours.delete(id);
    await rm(draft, { recursive: true, force: true });
    const { code = "", message } = cause as NodeJS.ErrnoException;
    if (["EACCES", "EROFS", "ENOSPC", "ENOTDIR"].includes(code)) {
      throw new DataError("IO_WRITE_FAILED", { message: `${folder} cannot be written: ${message}`, cause });
    }
    return false;
  }
}

function lockPath(folder: string, number: number): string {
  return join(folder, `lock-${number}`);
}

async function holdersIn(folder: string): Promise<Holder[]> {
  const names = await readdir(folder).catch(() => []);
  const found: Holder[] = [];
  for (const name of names) {
    const number = Number(/^lock-(\d+)$/u.exec(name)?.[1] ?? Number.NaN);
    const text = Number.isNaN(number)
      ? ""
      : await readFile(join(folder, name, HOLDER), "utf8").catch(() => "");
    const [machine, id = "", token = ""] = text.trim().split(" ");
    if (machine !== undefined && machine !== "") {
      found.push({ number, machine, process: Number(id), id: token });
    }
  }
  return found;
}

function refuseLiving(
  holders: readonly Holder[],
  { folder, output }: { folder: string; output: string },
): void {
  const living = holders.find(isLiving);
  if (living !== undefined) {
    const where = living.machine === machineName ? "" : " of another machine";
    throw new DataError("RECIPE_IN_USE", {
      message: `Another run works on ${output} (process ${living.process}${where})`,
      hint: `Wait for it to end. If there is none, remove ${lockPath(folder, living.number)}`,
    });
  }
}

/** Whether a process of another machine lives cannot be known. */
function isLiving(holder: Holder): boolean {
  if (holder.machine !== machineName) {
    return true;
  }
  if (holder.process === process.pid) {
    return ours.has(holder.id);
  }
  try {
    process.kill(holder.process, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
