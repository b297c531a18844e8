import type {
  SftThenDpoRequest,
  TuneCreateRequest,
  TuneJobRequest,
  TunePlace,
  TuneResultsRequest,
  TuneRunEnvironment,
} from "../../tune/tune-request.ts";
import type {
  TuneCreateResult,
  TuneJobResult,
  TuneListResult,
  TuneMetricsResult,
} from "../../tune/tune-result.ts";

/**
 * Creates a DPO job from finished files: checks them by the provider's rules, tells what training will cost, uploads
 * them, waits until they are processed, and creates the job. Each step is taken once, however often it is begun.
 *
 * @throws TUNE_SETTING_INVALID TUNE_SETTING_UNSUPPORTED TUNE_ENDED TUNE_KEY_MISSING TUNE_ADDRESS_INVALID
 * TUNE_NOT_CONFIRMED TUNE_NOT_AUTHORISED TUNE_REQUEST_REFUSED TUNE_UNREACHABLE TUNE_FILE_REFUSED TUNE_STATE_INVALID
 * TUNE_IN_USE
 */
export async function tuneCreate(
  request: TuneCreateRequest,
  environment: TuneRunEnvironment,
): Promise<TuneCreateResult> {
  const { createJob } = await import("./create-job.ts");
  return createJob(request, environment);
}

/**
 * Runs a supervised job on preferred answers, and a DPO job from the model that comes of it; follows both. Run again
 * after an interruption, it goes on at the step where it was.
 *
 * @throws TUNE_JOB_FAILED and as {@link tuneCreate}
 */
export async function tuneSftThenDpo(
  request: SftThenDpoRequest,
  environment: TuneRunEnvironment,
): Promise<TuneCreateResult> {
  const { sftThenDpo } = await import("./sft-then-dpo.ts");
  return sftThenDpo(request, environment);
}

/** The newest jobs of a provider. */
export async function tuneList(request: TunePlace, environment: TuneRunEnvironment): Promise<TuneListResult> {
  return (await import("./ask-about-jobs.ts")).listTuneJobs(request, environment);
}

/** How a job stands; with `cancel` after it was cancelled, with `checkpoints` with its checkpoints. */
export async function tuneStatus(
  request: TuneJobRequest,
  action: "status" | "cancel" | "checkpoints",
  environment: TuneRunEnvironment,
): Promise<TuneJobResult> {
  return (await import("./ask-about-jobs.ts")).tuneJobStatus(request, action, environment);
}

/** Watches a job to its end. */
export async function tuneWatch(
  request: TuneJobRequest,
  environment: TuneRunEnvironment,
): Promise<TuneJobResult> {
  return (await import("./ask-about-jobs.ts")).watchTuneJob(request, environment);
}

/**
 * The metrics of a job, as CSV and as a chart.
 * @throws TUNE_NO_RESULTS IO_OUTPUT_EXISTS
 */
export async function tuneMetrics(
  request: TuneResultsRequest,
  environment: TuneRunEnvironment,
): Promise<TuneMetricsResult> {
  return (await import("./ask-about-jobs.ts")).tuneResults(request, environment);
}
