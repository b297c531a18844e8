import { DataError } from "@dpo-kit/schema";
import type { FineTuningProvider, JobAttempt } from "../fine-tuning-provider.ts";
import type { Job, JobEvent, JobMetrics } from "../job.ts";
import type { JobRequest } from "../job-request.ts";
import type { ProviderOptions } from "../provider-options.ts";
import { objectsOf, textOf } from "../read-fields.ts";
import { statusOf } from "../requests/answer-error.ts";
import { type Connection, openConnection } from "../requests/connection.ts";
import { askForJson, askOnce, jsonOf, type RestObject } from "../requests/rest-client.ts";
import { createOnce, withRetries } from "../requests/retry.ts";
import { parseMetrics } from "../run/metrics.ts";
import { type TrainingFile, uploadName } from "../training-file.ts";
import { fireworksJobBody, type JobKind, jobIdOf, jobIdParameter, kindOf } from "./job-body.ts";
import { lastPart, readFireworksFile, readFireworksJob } from "./read-fireworks.ts";
import { datasetBody, datasetIdOf, endpointBody, LARGEST_FORM, uploadDataset } from "./upload-dataset.ts";

const FIREWORKS_ADDRESS = "https://api.fireworks.ai/v1";
const kinds: readonly JobKind[] = ["dpoJobs", "supervisedFineTuningJobs"];

/**
 * Makes a provider of Fireworks' REST interface (https://docs.fireworks.ai/api-reference). Datasets and jobs get
 * names of ours, so that one that may have been created is simply asked for.
 *
 * @throws TUNE_ADDRESS_INVALID TUNE_KEY_MISSING
 */
export async function createFireworksProvider(options: ProviderOptions): Promise<FineTuningProvider> {
  const connection = openConnection("fireworks", FIREWORKS_ADDRESS, options);
  const account = `/accounts/${encodeURIComponent(options.account ?? (await firstAccount(connection)))}`;
  const results = (id: string): Promise<JobMetrics[]> => resultRows(connection, account, id);
  return {
    id: "fireworks",
    endpoint: `${connection.endpoint}${account}`,
    uploadFile: (file, attempt) => uploadDataset(connection, { account, file, attempt }),
    getFile: async (id) =>
      readFireworksFile(await askForJson(connection, { path: `${account}/datasets/${lastPart(id)}` })),
    createJob: (request, attempt) => createJob(connection, { account, request, attempt }),
    getJob: async (id) => readFireworksJob((await findJob(connection, account, id)).job),
    listJobs: () => listJobs(connection, account),
    cancelJob: async (id) => {
      const { path } = await findJob(connection, account, id);
      await askForJson(connection, { method: "POST", path: `${path}:cancel`, json: {} });
      return readFireworksJob(await askForJson(connection, { path }));
    },
    events: async (id, known = new Set()) =>
      (await results(id)).map(stepEvent).filter((event) => !known.has(event.id)),
    checkpoints: async () => {
      throw new DataError("TUNE_SETTING_UNSUPPORTED", {
        message: "Fireworks documents no list of checkpoints",
        hint: "dpo tune status tells the model that came of the job.",
      });
    },
    results,
    describe: (files, request) => describe(connection, { account, files, request }),
  };
}

async function firstAccount(connection: Connection): Promise<string> {
  const [first] = objectsOf(await askForJson(connection, { path: "/accounts" }), "accounts");
  const name = first && textOf(first, "name");
  if (name === undefined) {
    throw new DataError("TUNE_KEY_MISSING", {
      message: "The key belongs to no account",
      hint: "Set FIREWORKS_ACCOUNT_ID to the account.",
    });
  }
  return lastPart(name);
}

interface Creation {
  readonly account: string;
  readonly request: JobRequest;
  readonly attempt: JobAttempt;
}

function createJob(connection: Connection, { account, request, attempt }: Creation): Promise<Job> {
  const jobs = `${account}/${kindOf(request.method)}`;
  const id = jobIdOf(request);
  const find = (): Promise<RestObject | undefined> => getOrNothing(connection, `${jobs}/${id}`);
  return createOnce(connection.retrying, {
    before: attempt.before,
    find: async () => {
      const found = await find();
      return found && readFireworksJob(found);
    },
    create: async () => {
      const path = `${jobs}?${jobIdParameter(request.method)}=${id}`;
      const json = fireworksJobBody(request, account);
      const created = await askOnce(connection, { method: "POST", path, json }).catch(async (error) => {
        const existing = statusOf(error) === 409 ? await find() : undefined;
        if (existing === undefined) {
          throw error;
        }
        return existing;
      });
      return readFireworksJob(created instanceof Response ? await jsonOf(connection, created) : created);
    },
  });
}

/** A job by its id, or by its whole name. */
async function findJob(
  connection: Connection,
  account: string,
  id: string,
): Promise<{ path: string; job: RestObject }> {
  for (const kind of kinds) {
    const path = `${account}/${kind}/${encodeURIComponent(lastPart(id))}`;
    const job = await getOrNothing(connection, path);
    if (job !== undefined) {
      return { path, job };
    }
  }
  throw new DataError("TUNE_NOT_FOUND", {
    message: `Fireworks knows no job ${id}`,
    location: { source: id },
  });
}

async function getOrNothing(connection: Connection, path: string): Promise<RestObject | undefined> {
  try {
    return await askForJson(connection, { path });
  } catch (error) {
    if (DataError.isInstance(error) && error.code === "TUNE_NOT_FOUND") {
      return undefined;
    }
    throw error;
  }
}

async function* listJobs(connection: Connection, account: string): AsyncGenerator<Job> {
  const jobs: Job[] = [];
  for (const kind of kinds) {
    let token: string | undefined = "";
    while (token !== undefined) {
      const path = `${account}/${kind}?pageSize=200&pageToken=${encodeURIComponent(token)}`;
      const page: RestObject = await askForJson(connection, { path: path.replace(/&pageToken=$/u, "") });
      jobs.push(...objectsOf(page, kind).map(readFireworksJob));
      token = textOf(page, "nextPageToken");
    }
  }
  yield* jobs.sort((a, b) => (b.createdAt ?? 0) - (a.createdAt ?? 0));
}

/** Metrics of DPO jobs lie at a signed address once there are any; of supervised jobs none are documented. */
async function resultRows(connection: Connection, account: string, id: string): Promise<JobMetrics[]> {
  const path = `${account}/dpoJobs/${encodeURIComponent(lastPart(id))}:getMetricsFileEndpoint`;
  const answer = await getOrNothing(connection, path);
  const address = answer && textOf(answer, "signedUrl");
  if (address === undefined) {
    return [];
  }
  const text = await withRetries(connection.retrying, async () =>
    (await askOnce(connection, { path: address })).text(),
  );
  return parseMetrics(text);
}

function stepEvent(metrics: JobMetrics): JobEvent {
  const { step = 0 } = metrics;
  return { id: `step-${step}`, createdAt: 0, level: "info", message: `Step ${step}`, metrics };
}

interface Description {
  readonly account: string;
  readonly files: readonly TrainingFile[];
  readonly request: JobRequest;
}

function describe(
  { endpoint }: Connection,
  { account, files, request }: Description,
): ReturnType<FineTuningProvider["describe"]> {
  const headers = { authorization: "Bearer [key]" };
  const address = `${endpoint}${account}`;
  const uploads = files.flatMap((file) => [
    { method: "POST", url: `${address}/datasets`, headers, body: datasetBody(file) },
    ...describeFilling(`${address}/datasets/${datasetIdOf(file)}`, file),
  ]);
  const create = {
    method: "POST",
    url: `${address}/${kindOf(request.method)}?${jobIdParameter(request.method)}=${jobIdOf(request)}`,
    headers,
    body: fireworksJobBody(request, account),
  };
  return [...uploads, create];
}

function describeFilling(dataset: string, file: TrainingFile): ReturnType<FineTuningProvider["describe"]> {
  const headers = { authorization: "Bearer [key]" };
  const content = `${uploadName(file)} (${file.bytes} bytes)`;
  if (file.bytes <= LARGEST_FORM) {
    return [{ method: "POST", url: `${dataset}:upload`, headers, body: { file: content } }];
  }
  return [
    { method: "POST", url: `${dataset}:getUploadEndpoint`, headers, body: endpointBody(file) },
    { method: "PUT", url: "[signed address]", headers: {}, body: { content } },
    { method: "POST", url: `${dataset}:validateUpload`, headers, body: {} },
  ];
}
