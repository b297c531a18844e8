import { stat } from "node:fs/promises";
import { DataError } from "@dpo-kit/schema";
import type { FineTuningProvider, JobEntry } from "@dpo-kit/tune";
import { createFileStateStore } from "@dpo-kit/tune/node";
import type { TuneJobRequest, TunePlace, TuneRunEnvironment } from "../../tune/tune-request.ts";
import { openProvider, statePath } from "./open-provider.ts";

/** A job, and the provider that runs it. */
export interface FoundJob {
  readonly provider: FineTuningProvider;
  readonly id: string;
}

/**
 * Finds the job that is meant: by its id, or as the last that was created from a training file.
 *
 * @throws TUNE_JOB_UNKNOWN TUNE_STATE_INVALID TUNE_KEY_MISSING TUNE_ADDRESS_INVALID
 */
export async function findJob(request: TuneJobRequest, environment: TuneRunEnvironment): Promise<FoundJob> {
  const path = await stateOf(request);
  if (path === undefined) {
    requireId(request.job);
    return { provider: await openProvider(request, environment), id: request.job };
  }
  const { jobs } = await createFileStateStore(path).read();
  const provider = await openProvider(placeOf(request, jobs), environment);
  const found = jobs.findLast((job) => job.endpoint === provider.endpoint);
  if (found?.id === undefined) {
    throw unknownJob(path, jobs, found);
  }
  return { provider, id: found.id };
}

/** `.` and `..` would lead to another address of the provider. */
function requireId(job: string): void {
  if (/^\.{0,2}$/u.test(job.trim())) {
    throw new DataError("TUNE_JOB_UNKNOWN", {
      message: `${JSON.stringify(job)} is no id of a job, and no training file`,
      location: { source: job },
    });
  }
}

/** The state file that an operand stands for; missing where it is no file. */
async function stateOf({ job, state }: TuneJobRequest): Promise<string | undefined> {
  if (state !== undefined) {
    return state;
  }
  const isFile = await stat(job).then(
    (found) => found.isFile(),
    () => false,
  );
  if (!isFile) {
    return undefined;
  }
  return job.endsWith(".jsonl") ? statePath(job) : job;
}

/**
 * A state file may say which provider it was, never where that is: a file of somebody else's must not lead the key
 * to another address.
 */
function placeOf(request: TuneJobRequest, jobs: readonly JobEntry[]): TunePlace {
  const named = jobs.at(-1)?.provider as TunePlace["provider"] | "compatible" | undefined;
  const isNamed = named === "azure" || named === "together" || named === "fireworks";
  return request.provider === undefined && isNamed ? { ...request, provider: named } : request;
}

function unknownJob(path: string, jobs: readonly JobEntry[], begun: JobEntry | undefined): DataError {
  const last = jobs.at(-1);
  const hint =
    begun !== undefined
      ? "Its creation was interrupted: run the same dpo tune create again, which finds it or creates it."
      : last === undefined
        ? "No job was created from it yet: dpo tune create <file> --model <model>"
        : `Its jobs are at ${last.endpoint}: name that with --provider, or --base-url ${last.endpoint}`;
  return new DataError("TUNE_JOB_UNKNOWN", {
    message: `${path} holds no job of this provider that is known`,
    hint,
    location: { source: path },
  });
}
