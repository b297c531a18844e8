import { DataError } from "@dpo-kit/schema";
import { formatMetrics, type Job, type JobMetrics, metricSeries, metricsSvg } from "@dpo-kit/tune";
import type { OutputRecord } from "../../conversion-result.ts";
import type {
  TuneJobRequest,
  TunePlace,
  TuneResultsRequest,
  TuneRunEnvironment,
} from "../../tune/tune-request.ts";
import type { TuneJobResult, TuneListResult, TuneMetricsResult } from "../../tune/tune-result.ts";
import { createRunOutputs } from "../run-outputs.ts";
import { placeFlags } from "./create-job.ts";
import { findJob } from "./find-job.ts";
import { followJob } from "./follow-job.ts";
import { openProvider } from "./open-provider.ts";

/** What is shown of a list at most. */
const SHOWN_JOBS = 50;

/** The newest jobs of a provider. */
export async function listTuneJobs(
  request: TunePlace,
  environment: TuneRunEnvironment,
): Promise<TuneListResult> {
  const provider = await openProvider(request, environment);
  const jobs: Job[] = [];
  for await (const job of provider.listJobs()) {
    jobs.push(job);
    if (jobs.length === SHOWN_JOBS) {
      break;
    }
  }
  return { command: "tune", action: "list", ok: true, exitCode: 0, provider: provider.id, jobs, next: [] };
}

/** How a job stands, after it was cancelled if that is asked for. */
export async function tuneJobStatus(
  request: TuneJobRequest,
  action: "status" | "cancel" | "checkpoints",
  environment: TuneRunEnvironment,
): Promise<TuneJobResult> {
  const { provider, id } = await findJob(request, environment);
  const job = action === "cancel" ? await provider.cancelJob(id) : await provider.getJob(id);
  const checkpoints = action === "checkpoints" ? { checkpoints: await provider.checkpoints(id) } : {};
  const next = nextAfter(job, request);
  return { command: "tune", action, ok: true, exitCode: 0, provider: provider.id, job, ...checkpoints, next };
}

/** Watches a job to its end; the exit code is 1 where no model came of it. */
export async function watchTuneJob(
  request: TuneJobRequest,
  environment: TuneRunEnvironment,
): Promise<TuneJobResult> {
  const { provider, id } = await findJob(request, environment);
  const { signal } = environment;
  const { pollInterval } = request;
  const { job, events } = await followJob(
    {
      provider,
      ...(signal === undefined ? {} : { signal }),
      ...(pollInterval === undefined ? {} : { pollInterval: pollInterval * 1000 }),
    },
    id,
    environment,
  );
  const ok = job.state === "succeeded";
  const next = nextAfter(job, request);
  return {
    command: "tune",
    action: "watch",
    ok,
    exitCode: ok ? 0 : 1,
    provider: provider.id,
    job,
    events,
    next,
  };
}

function nextAfter({ id, state }: Job, request: TunePlace): string[] {
  const flags = placeFlags(request);
  if (state === "succeeded") {
    return [`dpo tune results ${id}${flags} -o metrics.csv`];
  }
  return state === "failed" || state === "cancelled" ? [] : [`dpo tune watch ${id}${flags}`];
}

/**
 * The metrics of a job; with an output as CSV, and as a chart (SVG) beside it.
 * @throws TUNE_NO_RESULTS IO_OUTPUT_EXISTS
 */
export async function tuneResults(
  request: TuneResultsRequest,
  environment: TuneRunEnvironment,
): Promise<TuneMetricsResult> {
  const { provider, id } = await findJob(request, environment);
  const metrics = await provider.results(id);
  if (metrics.length === 0) {
    throw new DataError("TUNE_NO_RESULTS", {
      message: `${id} has no metrics`,
      hint: `See how far it is: dpo tune status ${id}${placeFlags(request)}`,
    });
  }
  const csv = formatMetrics(metrics);
  const outputs = await writeResults(request, csv, metrics);
  const common = { command: "tune", action: "results", ok: true, exitCode: 0, next: [] } as const;
  return { ...common, provider: provider.id, job: id, metrics, series: metricSeries(metrics), csv, outputs };
}

async function writeResults(
  { output, force = false }: TuneResultsRequest,
  csv: string,
  metrics: readonly JobMetrics[],
): Promise<OutputRecord[]> {
  if (output === undefined || output === "-") {
    return [];
  }
  const chart = `${output.replace(/\.csv$/u, "")}.svg`;
  const outputs = await createRunOutputs({ force, digest: false, paths: [output, chart] });
  try {
    const written = [
      await outputs.writeWhole("metrics", output, csv),
      await outputs.writeWhole("chart", chart, metricsSvg(metrics)),
    ];
    await outputs.commit();
    return written;
  } catch (error) {
    await outputs.abort();
    throw error;
  }
}
