import { type Answer, json } from "../call.ts";
import { type JsonObject, jsonBody, noBody, queryOf } from "../checks.ts";
import { advanceJob, cancelJob, hasEnded, moveTo, storeJob } from "../job-life.ts";
import { type Context, type Route, signedAddress } from "../route.ts";
import { findFile, type JobStage, nextId, type State, type StoredJob } from "../state.ts";
import { createDpoJobBody, createSupervisedJobBody } from "./create-job.ts";
import { requireReady } from "./datasets.ts";
import { pageOf } from "./page.ts";
import { refuse, requireAccount } from "./refuse.ts";

type Kind = "dpoJobs" | "supervisedFineTuningJobs";

/**
 * Jobs as Fireworks runs them. Shapes: https://github.com/fw-ai-external/python-sdk, src/fireworks/resources/dpo_jobs.py
 * and supervised_fine_tuning_jobs.py. Jobs are cancelled as `firectl dpo-job cancel` says
 * (https://docs.fireworks.ai/tools-sdks/firectl/commands/dpo-job-cancel); its path is by the custom of such APIs
 * (https://google.aip.dev/136), as the client has none.
 */
export const jobRoutes: readonly Route[] = [
  ...routesOf("dpoJobs"),
  ...routesOf("supervisedFineTuningJobs"),
  { method: "GET", path: "/accounts/{account}/dpoJobs/{id}:getMetricsFileEndpoint", handle: metricsEndpoint },
  { method: "GET", path: "/metrics/{id}", isSigned: true, handle: metricsFile },
];

function routesOf(kind: Kind): Route[] {
  const jobs = `/accounts/{account}/${kind}`;
  return [
    { method: "POST", path: jobs, handle: (context) => createJob(context, kind) },
    { method: "GET", path: jobs, handle: (context) => listJobs(context, kind) },
    { method: "GET", path: `${jobs}/{id}`, handle: (context) => retrieveJob(context, kind) },
    { method: "DELETE", path: `${jobs}/{id}`, handle: (context) => deleteJob(context, kind) },
    { method: "POST", path: `${jobs}/{id}:cancel`, handle: (context) => cancel(context, kind) },
    { method: "POST", path: `${jobs}/{id}:resume`, handle: (context) => resume(context, kind) },
  ];
}

interface Training {
  baseModel?: string;
  warmStartFrom?: string;
  outputModel?: string;
  epochs?: number;
}

interface CreateBody extends JsonObject, Training {
  dataset: string;
  trainingConfig?: Training;
  evaluationDataset?: string;
}

function createJob({ state, call, params }: Context, kind: Kind): Answer {
  requireAccount(state, params);
  const isDpo = kind === "dpoJobs";
  const idName = isDpo ? "dpoJobId" : "supervisedFineTuningJobId";
  const id = queryOf(call, idName)[idName] ?? nextId(state, "job-");
  const request = jsonBody(call, isDpo ? createDpoJobBody : createSupervisedJobBody) as CreateBody;
  if (state.jobs.some((job) => job.id === id)) {
    throw refuse("ALREADY_EXISTS", `job ${id} already exists`);
  }
  const training = (isDpo ? request.trainingConfig : request) ?? {};
  const { evaluationDataset } = request;
  const job = storeJob(state, {
    id,
    request,
    model: modelOf(state, training),
    trainingFile: requireReady(state, request.dataset),
    validationFile: evaluationDataset === undefined ? undefined : requireReady(state, evaluationDataset),
    method: isDpo ? "dpo" : "supervised",
    epochs: training.epochs ?? 1,
    outputModel: `accounts/${state.account}/models/${training.outputModel?.split("/").at(-1) ?? id}`,
  });
  return json(jobObject(state, job));
}

/** Exactly one of a base model and a model that was tuned here. */
function modelOf(state: State, { baseModel, warmStartFrom }: Training): string {
  if ((baseModel === undefined) === (warmStartFrom === undefined)) {
    throw refuse("INVALID_ARGUMENT", "exactly one of base_model and warm_start_from must be given");
  }
  const isKnown =
    baseModel === undefined
      ? state.jobs.some(({ fineTunedModel }) => fineTunedModel === warmStartFrom)
      : state.models.some(({ id }) => id === baseModel);
  if (!isKnown) {
    throw refuse("NOT_FOUND", `model ${baseModel ?? warmStartFrom} not found`);
  }
  return baseModel ?? warmStartFrom!;
}

const isOf = ({ method }: StoredJob, kind: Kind): boolean => (method === "dpo") === (kind === "dpoJobs");

function listJobs({ state, call, params }: Context, kind: Kind): Answer {
  requireAccount(state, params);
  const jobs = state.jobs.filter((job) => isOf(job, kind)).map((job) => jobObject(state, job));
  return json(pageOf(call, kind, jobs));
}

function retrieveJob({ state, call, params }: Context, kind: Kind): Answer {
  queryOf(call, "readMask");
  const job = requireJob(state, params, kind);
  if (state.options.advance !== "manual") {
    advanceJob(state, job);
  }
  return json(jobObject(state, job));
}

function deleteJob({ state, call, params }: Context, kind: Kind): Answer {
  noBody(call);
  const job = requireJob(state, params, kind);
  if (!hasEnded(job)) {
    cancelJob(state, job);
  }
  return json({});
}

function cancel({ state, call, params }: Context, kind: Kind): Answer {
  noBody(call);
  const job = requireJob(state, params, kind);
  if (hasEnded(job)) {
    throw refuse("FAILED_PRECONDITION", `job ${job.id} has ended`);
  }
  cancelJob(state, job);
  return json({});
}

function resume({ state, call, params }: Context, kind: Kind): Answer {
  noBody(call);
  const job = requireJob(state, params, kind);
  if (job.stage !== "paused") {
    throw refuse("FAILED_PRECONDITION", `job ${job.id} is not paused`);
  }
  moveTo(job, "running");
  return json(jobObject(state, job));
}

function metricsEndpoint({ state, call, params }: Context): Answer {
  queryOf(call);
  const { id, resultFile } = requireJob(state, params, "dpoJobs");
  return json(resultFile === undefined ? {} : { signedUrl: signedAddress(call, `/v1/metrics/${id}`) });
}

/** The docs do not say what is in it: here, the table that OpenAI's result files have. */
function metricsFile({ state, params }: Context): Answer {
  const job = state.jobs.find(({ id }) => id === params.id);
  const file = findFile(state, job?.resultFile ?? "");
  if (file === undefined) {
    throw refuse("NOT_FOUND", "no such file");
  }
  return { status: 200, headers: { "content-type": "text/csv" }, body: file.content };
}

function requireJob(state: State, params: Context["params"], kind: Kind): StoredJob {
  requireAccount(state, params);
  const job = state.jobs.find((one) => one.id === params.id && isOf(one, kind));
  if (job === undefined) {
    throw refuse("NOT_FOUND", `job ${params.id} not found`);
  }
  return job;
}

const states: Record<JobStage, string> = {
  validating: "JOB_STATE_VALIDATING",
  queued: "JOB_STATE_PENDING",
  running: "JOB_STATE_RUNNING",
  paused: "JOB_STATE_PAUSED",
  succeeded: "JOB_STATE_COMPLETED",
  failed: "JOB_STATE_FAILED",
  cancelled: "JOB_STATE_CANCELLED",
};

function jobObject(state: State, job: StoredJob): JsonObject {
  const { request, error, outputModel, finishedAt } = job;
  const kind: Kind = job.method === "dpo" ? "dpoJobs" : "supervisedFineTuningJobs";
  const training = { epochs: job.epochs, outputModel };
  return {
    ...request,
    name: `accounts/${state.account}/${kind}/${job.id}`,
    dataset: `accounts/${state.account}/datasets/${job.trainingFile}`,
    createTime: new Date(job.createdAt * 1000).toISOString(),
    ...(finishedAt === undefined ? {} : { completedTime: new Date(finishedAt * 1000).toISOString() }),
    state: states[job.stage],
    status:
      error === undefined
        ? { code: "OK", message: "" }
        : { code: "INVALID_ARGUMENT", message: error.message },
    ...(kind === "dpoJobs"
      ? { trainingConfig: { ...(request.trainingConfig as JsonObject), ...training } }
      : training),
  };
}
