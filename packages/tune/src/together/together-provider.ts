import type { FineTuningProvider, JobAttempt } from "../fine-tuning-provider.ts";
import type { Job, JobEvent, JobMetrics } from "../job.ts";
import type { JobRequest } from "../job-request.ts";
import type { ProviderOptions } from "../provider-options.ts";
import { objectsOf } from "../read-fields.ts";
import { type Connection, openConnection } from "../requests/connection.ts";
import { askForJson, askOnce, jsonOf } from "../requests/rest-client.ts";
import { createOnce } from "../requests/retry.ts";
import { type TrainingFile, uploadName } from "../training-file.ts";
import { togetherJobBody } from "./job-body.ts";
import {
  readTogetherEvent,
  readTogetherFile,
  readTogetherJob,
  readTogetherMetrics,
} from "./read-together.ts";
import { announcement, uploadTogetherFile } from "./upload-file.ts";

const TOGETHER_ADDRESS = "https://api.together.xyz/v1";

/**
 * Makes a provider of Together's REST interface (https://docs.together.ai/reference).
 *
 * @throws TUNE_ADDRESS_INVALID TUNE_KEY_MISSING
 */
export function createTogetherProvider(options: ProviderOptions): FineTuningProvider {
  const connection = openConnection("together", TOGETHER_ADDRESS, options);
  const job = (id: string): string => `/fine-tunes/${encodeURIComponent(id)}`;
  const results = async (id: string): Promise<JobMetrics[]> =>
    objectsOf(await askForJson(connection, { path: `${job(id)}/metrics` }), "metrics").map(
      readTogetherMetrics,
    );
  return {
    id: "together",
    endpoint: connection.endpoint,
    uploadFile: (file, attempt) => uploadTogetherFile(connection, file, attempt),
    getFile: async (id) =>
      readTogetherFile(await askForJson(connection, { path: `/files/${encodeURIComponent(id)}` })),
    createJob: (request, attempt) => createJob(connection, request, attempt),
    getJob: async (id) => readTogetherJob(await askForJson(connection, { path: job(id) })),
    listJobs: () => listJobs(connection),
    cancelJob: async (id) =>
      readTogetherJob(await askForJson(connection, { method: "POST", path: `${job(id)}/cancel` })),
    events: async (id, known = new Set()) => {
      const events = await askForJson(connection, { path: `${job(id)}/events` });
      const told = objectsOf(events, "data").map(readTogetherEvent);
      const steps = (await results(id)).map(stepEvent);
      return [...told, ...steps].filter((event) => !known.has(event.id));
    },
    checkpoints: async (id) => {
      const found = await askForJson(connection, { path: `${job(id)}/checkpoints` });
      return objectsOf(found, "data").map(({ step, path }) => ({
        id: String(path),
        step: Number(step),
        model: String(path),
        metrics: {},
      }));
    },
    results,
    describe: (files, request) => describe(connection, files, request),
  };
}

/** Metrics come apart from events. */
function stepEvent(metrics: JobMetrics): JobEvent {
  const { step = 0 } = metrics;
  return { id: `step-${step}`, createdAt: 0, level: "info", message: `Step ${step}`, metrics };
}

function createJob(connection: Connection, request: JobRequest, attempt: JobAttempt): Promise<Job> {
  const json = togetherJobBody(request);
  return createOnce(connection.retrying, {
    before: attempt.before,
    find: () => findJob(connection, request, attempt),
    create: async () => {
      const response = await askOnce(connection, { method: "POST", path: "/fine-tunes", json });
      return readTogetherJob(await jsonOf(connection, response));
    },
  });
}

/** By the file, which nobody else's job has. */
async function findJob(
  connection: Connection,
  { trainingFile, method }: JobRequest,
  { others }: JobAttempt,
): Promise<Job | undefined> {
  for await (const job of listJobs(connection)) {
    if (job.trainingFile === trainingFile && job.method === method && !others.includes(job.id)) {
      return job;
    }
  }
  return undefined;
}

async function* listJobs(connection: Connection): AsyncGenerator<Job> {
  const jobs = objectsOf(await askForJson(connection, { path: "/fine-tunes" }), "data").map(readTogetherJob);
  yield* jobs.sort((a, b) => (b.createdAt ?? 0) - (a.createdAt ?? 0));
}

function describe(
  { endpoint }: Connection,
  files: readonly TrainingFile[],
  request: JobRequest,
): ReturnType<FineTuningProvider["describe"]> {
  const headers = { authorization: "Bearer [key]" };
  const uploads = files.flatMap((file) => [
    { method: "POST", url: `${endpoint}/files`, headers, body: Object.fromEntries(announcement(file)) },
    {
      method: "PUT",
      url: "[signed address]",
      headers: {},
      body: { content: `${uploadName(file)} (${file.bytes} bytes)` },
    },
    { method: "POST", url: `${endpoint}/files/{file}/preprocess`, headers },
  ]);
  return [
    ...uploads,
    { method: "POST", url: `${endpoint}/fine-tunes`, headers, body: togetherJobBody(request) },
  ];
}
