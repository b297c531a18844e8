import { DataError } from "@dpo-kit/schema";
import type { Job } from "../job.ts";

/**
 * The model of a job that has ended.
 * @throws TUNE_JOB_FAILED
 */
export function requireSuccess(job: Job): string {
  const { id, state, status, error, fineTunedModel } = job;
  if (state === "succeeded" && fineTunedModel !== undefined) {
    return fineTunedModel;
  }
  const why =
    error === undefined ? "" : `: ${error.code === undefined ? "" : `${error.code}: `}${error.message}`;
  throw new DataError("TUNE_JOB_FAILED", {
    message: `${id} ended as ${status}${why}`,
    location: { source: id, ...(error?.param === undefined ? {} : { path: error.param }) },
  });
}
