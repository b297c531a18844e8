import { availableParallelism } from "node:os";
import { DataError, type Issue } from "@dpo-kit/schema";
import type { RunEnvironment } from "../../conversion-request.ts";
import type { UnitProgress, UnitTask } from "./convert-unit.ts";
import { failureOf } from "./recipe-unit.ts";
import { canStartThreads, ownThread, startUnitThread, type UnitThread } from "./unit-threads.ts";

/** One unit that is still to be done. */
export interface PendingUnit {
  readonly task: UnitTask;
  /** As it is shown. */
  readonly name: string;
}

/** What became of the units, in their order: the name of the spool, or why there is none. */
export type ConvertedUnit = { readonly spool: string } | { readonly failure: Issue };

/** How units are converted. */
export interface ConvertUnitsOptions {
  readonly environment: RunEnvironment;
  /** How many at a time. Default, also for 0: as many as the machine has cores. */
  readonly jobs?: number | undefined;
  /** Told of each unit that is begun and ended, and how far those are that are under way. */
  onProgress(unit: number, progress: UnitProgress | "begun" | "ended"): void;
}

/** Converts units, several at a time. One that is refused does not keep the others from being done. */
export async function convertUnits(
  units: readonly PendingUnit[],
  options: ConvertUnitsOptions,
): Promise<ConvertedUnit[]> {
  const jobs = Math.max(1, Math.min(options.jobs || availableParallelism(), units.length));
  const threads = Array.from({ length: jobs }, () =>
    jobs > 1 && canStartThreads ? startUnitThread() : ownThread,
  );
  const converted: ConvertedUnit[] = [];
  let next = 0;
  async function work(thread: UnitThread): Promise<void> {
    while (next < units.length) {
      const number = next;
      next += 1;
      converted[number] = await convertOne(thread, units[number]!, { ...options, number });
    }
  }
  try {
    await Promise.all(threads.map(work));
    return converted;
  } finally {
    next = units.length;
    await Promise.all(threads.map((thread) => thread.end()));
  }
}

async function convertOne(
  thread: UnitThread,
  { task, name }: PendingUnit,
  { environment, onProgress, number }: ConvertUnitsOptions & { number: number },
): Promise<ConvertedUnit> {
  environment.signal?.throwIfAborted();
  onProgress(number, "begun");
  try {
    const spool = await thread.convert(task, {
      environment,
      onProgress: (progress) => onProgress(number, progress),
    });
    return { spool };
  } catch (error) {
    // What cannot be written here cannot be written for the other units either.
    if (!DataError.isInstance(error) || error.code === "IO_WRITE_FAILED") {
      throw error;
    }
    return { failure: failureOf(error, name) };
  } finally {
    onProgress(number, "ended");
  }
}
