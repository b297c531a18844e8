import { DataError } from "@dpo-kit/schema";
import type { FileObject } from "openai/resources/files";
import type { FineTuningJob, JobCreateParams } from "openai/resources/fine-tuning/jobs/jobs";
import { JOB_KEY } from "../checks/check-job-settings.ts";
import type { FineTuningProvider, JobAttempt, UploadAttempt } from "../fine-tuning-provider.ts";
import type { Job, JobEvent, JobMetrics } from "../job.ts";
import type { JobRequest } from "../job-request.ts";
import type { ProviderId } from "../provider-id.ts";
import { LARGEST_UPLOAD, type ProviderOptions } from "../provider-options.ts";
import { type Connection, openConnection } from "../requests/connection.ts";
import { createOnce } from "../requests/retry.ts";
import { parseMetrics } from "../run/metrics.ts";
import { type TrainingFile, type UploadedFile, uploadName } from "../training-file.ts";
import { describeRequests } from "./describe-requests.ts";
import { jobBody } from "./job-body.ts";
import { type OpenAiClient, openClient } from "./open-client.ts";
import { readCheckpoint, readEvent, readJob } from "./read-job.ts";
import { uploadParts } from "./upload-parts.ts";

/** Where OpenAI answers. */
const OPENAI_ADDRESS = "https://api.openai.com/v1";

/**
 * Makes a provider that speaks OpenAI's protocol: OpenAI itself, Azure, or a compatible server. Loads the official
 * client.
 *
 * @throws TUNE_ADDRESS_INVALID TUNE_KEY_MISSING
 */
export async function createOpenAiProvider(
  id: Extract<ProviderId, "openai" | "azure" | "compatible">,
  options: ProviderOptions,
): Promise<FineTuningProvider> {
  const baseUrl = id === "azure" ? azureAddress(options) : options.baseUrl;
  const connection = openConnection(id, OPENAI_ADDRESS, {
    ...options,
    ...(baseUrl === undefined ? {} : { baseUrl }),
  });
  const client = await openClient(connection, id === "azure" ? options.apiVersion : undefined);
  return providerOf(client, connection);
}

/**
 * `/openai/v1` of the resource, or `/openai` with a dated version
 * (https://learn.microsoft.com/azure/ai-foundry/openai/api-version-lifecycle). An address that has one is kept.
 */
function azureAddress({ baseUrl = "", apiVersion }: ProviderOptions): string {
  const address = baseUrl.replace(/\/+$/u, "");
  if (/\/openai(?:\/v1)?$/u.test(address) || address === "") {
    return address;
  }
  return `${address}/openai${apiVersion === undefined ? "/v1" : ""}`;
}

function providerOf(client: OpenAiClient, connection: Connection): FineTuningProvider {
  const { id, endpoint } = connection;
  const getJob = async (job: string): Promise<Job> =>
    readJob(await client.retried((api) => api.fineTuning.jobs.retrieve(job)));
  const events: FineTuningProvider["events"] = (job, known = new Set()) => listEvents(client, job, known);
  return {
    id,
    endpoint,
    uploadFile: (file, attempt) => uploadFile(client, file, attempt),
    getFile: async (file) => readFile(await client.retried((api) => api.files.retrieve(file))),
    createJob: (request, attempt) => createJob(client, request, attempt),
    getJob,
    listJobs: () => listJobs(client),
    cancelJob: async (job) => readJob(await client.retried((api) => api.fineTuning.jobs.cancel(job))),
    events,
    checkpoints: async (job) => {
      const found = await pagesOf(client, (api) => api.fineTuning.jobs.checkpoints.list(job));
      return found.map(readCheckpoint).sort((a, b) => a.step - b.step);
    },
    results: async (job) => {
      const rows = await resultRows(client, await getJob(job));
      return rows.length > 0 ? rows : metricsOf(await events(job));
    },
    describe: (files, request) => describeRequests(connection, files, request),
  };
}

async function uploadFile(
  client: OpenAiClient,
  file: TrainingFile,
  attempt: UploadAttempt,
): Promise<UploadedFile> {
  const { limits, retrying } = client.connection;
  checkSize(file);
  let { partial } = attempt;
  const onPartial: UploadAttempt["onPartial"] = async (next) => {
    partial = next;
    await attempt.onPartial?.(next);
  };
  const inParts = async (): Promise<UploadedFile> => {
    const id = await uploadParts(client, file, { ...attempt, partial, onPartial });
    return { id, status: "uploaded", state: "processing" };
  };
  return createOnce(retrying, {
    before: attempt.before,
    find: () => findFile(client, file),
    create: file.bytes > limits.fileBytes ? inParts : () => sendWhole(client, file),
  });
}

function checkSize({ name, bytes }: TrainingFile): void {
  if (bytes > LARGEST_UPLOAD) {
    throw new DataError("TUNE_FILE_TOO_LARGE", {
      message: `${name} has ${bytes} bytes; at most ${LARGEST_UPLOAD} can be uploaded`,
      location: { source: name },
    });
  }
}

async function sendWhole(client: OpenAiClient, file: TrainingFile): Promise<UploadedFile> {
  const content = new File([file.content], uploadName(file), { type: "application/jsonl" });
  return readFile(await client.once((api) => api.files.create({ file: content, purpose: "fine-tune" })));
}

async function findFile(client: OpenAiClient, file: TrainingFile): Promise<UploadedFile | undefined> {
  const name = uploadName(file);
  const files = await pagesOf(client, (api) => api.files.list({ purpose: "fine-tune", limit: 100 }));
  const found = files.find(({ filename, bytes }) => filename === name && bytes === file.bytes);
  return found && readFile(found);
}

/** `status` is called deprecated and is still what says whether a job can use the file. */
function readFile({ id, status, status_details }: FileObject): UploadedFile {
  const state = status === "processed" ? "ready" : isBroken(status) ? "failed" : "processing";
  return { id, status, state, ...(status_details ? { reason: status_details } : {}) };
}

/** `error`, of Azure `failed`; a file that was deleted meanwhile will not be processed either. */
function isBroken(status: string): boolean {
  return status === "error" || status === "failed" || status === "deleted";
}

async function createJob(client: OpenAiClient, request: JobRequest, attempt: JobAttempt): Promise<Job> {
  const { id, retrying } = client.connection;
  // The client's type names fewer methods than the interface takes.
  const body = jobBody(request, id) as JobCreateParams;
  return createOnce(retrying, {
    before: attempt.before,
    find: () => findJob(client, request, attempt),
    create: async () => readJob(await client.once((api) => api.fineTuning.jobs.create(body))),
  });
}

/** By its key; where the server keeps no metadata, by the file, which nobody else's job has. */
async function findJob(
  client: OpenAiClient,
  request: JobRequest,
  { others }: JobAttempt,
): Promise<Job | undefined> {
  for await (const job of listJobs(client)) {
    const key = job.metadata?.[JOB_KEY];
    const isSame =
      job.trainingFile === request.trainingFile &&
      (job.method ?? request.method) === request.method &&
      !others.includes(job.id);
    if (key === undefined ? isSame : key === request.key) {
      return job;
    }
  }
  return undefined;
}

async function* listJobs(client: OpenAiClient): AsyncGenerator<Job> {
  for await (const job of eachOf<FineTuningJob>(client, (api) => api.fineTuning.jobs.list({ limit: 50 }))) {
    yield readJob(job);
  }
}

/** The newest come first, so that of a job that is watched one page is enough. */
async function listEvents(
  client: OpenAiClient,
  job: string,
  known: ReadonlySet<string>,
): Promise<JobEvent[]> {
  const found: JobEvent[] = [];
  for await (const event of eachOf(client, (api) => api.fineTuning.jobs.listEvents(job, { limit: 100 }))) {
    if (known.has(event.id)) {
      break;
    }
    found.push(readEvent(event));
  }
  return found.reverse();
}

/** A page of a list, as the client gives it. */
interface Page<Item> {
  getPaginatedItems(): Item[];
  hasNextPage(): boolean;
  getNextPage(): Promise<this>;
}

async function* eachOf<Item>(
  client: OpenAiClient,
  first: (api: OpenAiClient["api"]) => PromiseLike<Page<Item>>,
): AsyncGenerator<Item> {
  let page = await client.retried(async (api) => await first(api));
  for (;;) {
    yield* page.getPaginatedItems();
    if (!page.hasNextPage()) {
      return;
    }
    const { getNextPage } = page;
    const current = page;
    page = await client.retried(() => getNextPage.call(current));
  }
}

async function pagesOf<Item>(
  client: OpenAiClient,
  first: (api: OpenAiClient["api"]) => PromiseLike<Page<Item>>,
): Promise<Item[]> {
  const items: Item[] = [];
  for await (const item of eachOf(client, first)) {
    items.push(item);
  }
  return items;
}

function metricsOf(events: readonly JobEvent[]): JobMetrics[] {
  return events.flatMap(({ metrics }) => (metrics === undefined ? [] : [metrics]));
}

async function resultRows(client: OpenAiClient, { resultFiles }: Job): Promise<JobMetrics[]> {
  const rows: JobMetrics[] = [];
  for (const file of resultFiles) {
    const text = await client.retried(async (api) => (await api.files.content(file)).text());
    rows.push(...parseMetrics(text));
  }
  return rows;
}
