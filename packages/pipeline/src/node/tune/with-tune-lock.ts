import { rmdir } from "node:fs/promises";
import { DataError } from "@dpo-kit/schema";
import { type RunLock, takeRunLock } from "../recipe/run-lock.ts";

/**
 * Keeps other commands from a state file while `use` runs: two that begin at once would each upload and create. The
 * lock of a command that was killed is taken over.
 *
 * @throws TUNE_IN_USE IO_WRITE_FAILED
 */
export async function withTuneLock<T>(state: string, use: () => Promise<T>): Promise<T> {
  const folder = `${state}.lock`;
  const lock = await take(folder, state);
  try {
    return await use();
  } finally {
    await lock.release();
    // What another command has begun in the meantime stays.
    await rmdir(folder).catch(() => {});
  }
}

async function take(folder: string, state: string): Promise<RunLock> {
  try {
    return await takeRunLock(folder, state);
  } catch (error) {
    if (DataError.isInstance(error) && error.code === "RECIPE_IN_USE") {
      const { message, hint } = error;
      const location = { source: state };
      throw new DataError("TUNE_IN_USE", { message, ...(hint === undefined ? {} : { hint }), location });
    }
    throw error;
  }
}
