import { type Answer, json, Refusal } from "../call.ts";
import { type JsonObject, jsonBody, type NamedObject, noBody, queryOf } from "../checks.ts";
import { advanceJob, cancelJob, hasEnded, moveTo, storeJob, tell } from "../job-life.ts";
import type { Context, Route } from "../route.ts";
import { findFile, type JobCheckpoint, type JobEvent, nextId, type State, type StoredJob } from "../state.ts";
import {
  createAzureJobBody,
  createOpenaiJobBody,
  methodObject,
  requireModel,
  requireTrainableFile,
} from "./create-job.ts";
import { page } from "./page.ts";

/** The fine-tuning API (https://developers.openai.com/api/docs/api-reference/fine-tuning). */
export const jobRoutes: readonly Route[] = [
  { method: "POST", path: "/fine_tuning/jobs", handle: createJob },
  { method: "GET", path: "/fine_tuning/jobs", handle: listJobs },
  { method: "GET", path: "/fine_tuning/jobs/{id}", handle: retrieveJob },
  { method: "POST", path: "/fine_tuning/jobs/{id}/cancel", handle: cancel },
  { method: "POST", path: "/fine_tuning/jobs/{id}/pause", handle: pause },
  { method: "POST", path: "/fine_tuning/jobs/{id}/resume", handle: resume },
  { method: "GET", path: "/fine_tuning/jobs/{id}/events", handle: listEvents },
  { method: "GET", path: "/fine_tuning/jobs/{id}/checkpoints", handle: listCheckpoints },
];

interface CreateBody extends JsonObject {
  model: string;
  training_file: string;
  validation_file?: string | null;
  suffix?: string | null;
  method?: { type: StoredJob["method"]; [name: string]: unknown };
}

function createJob({ state, call }: Context): Answer {
  queryOf(call);
  const isAzure = state.options.provider === "azure";
  const request = jsonBody(call, isAzure ? createAzureJobBody : createOpenaiJobBody) as CreateBody;
  const { model, training_file: trainingFile } = request;
  const validationFile = request.validation_file ?? undefined;
  const method = request.method?.type ?? "supervised";
  requireModel(state, model);
  requireTrainableFile(state, trainingFile, "training_file");
  if (validationFile !== undefined) {
    requireTrainableFile(state, validationFile, "validation_file");
  }
  const asked = request.method?.[method] as { hyperparameters?: { n_epochs?: number | "auto" } } | undefined;
  const epochs = asked?.hyperparameters?.n_epochs ?? "auto";
  const id = nextId(state, "ftjob-");
  const job = storeJob(state, {
    id,
    request,
    model,
    trainingFile,
    validationFile,
    method,
    epochs: epochs === "auto" ? 3 : epochs,
    outputModel: isAzure
      ? `${model}.ft-${id.slice(-8)}`
      : `ft:${model}:loopback:${request.suffix ?? ""}:${id.slice(-8)}`,
  });
  return json(jobObject(state, job));
}

function listJobs({ state, call }: Context): Answer {
  const filters = [...call.url.searchParams].filter(([name]) => /^metadata\[.+\]$/u.test(name));
  const wanted = state.jobs.filter(({ request }) =>
    filters.every(
      ([name, value]) => (request.metadata as JsonObject | undefined)?.[name.slice(9, -1)] === value,
    ),
  );
  const objects = wanted.reverse().map((job) => jobObject(state, job));
  return page(call, objects, { limit: 20, most: 1000, more: filters.map(([name]) => name) });
}

function retrieveJob({ state, call, params }: Context): Answer {
  queryOf(call);
  const job = requireJob(state, params.id!);
  if (state.options.advance !== "manual") {
    advanceJob(state, job);
  }
  return json(jobObject(state, job));
}

function cancel({ state, call, params }: Context): Answer {
  noBody(call);
  const job = requireJob(state, params.id!);
  if (hasEnded(job)) {
    throw new Refusal(400, `Job has already completed: ${job.id}`, { code: "invalid_job_status" });
  }
  cancelJob(state, job);
  return json(jobObject(state, job));
}

function pause({ state, call, params }: Context): Answer {
  noBody(call);
  return move(state, params.id!, { from: "running", to: "paused", message: "Fine-tuning job paused" });
}

function resume({ state, call, params }: Context): Answer {
  noBody(call);
  return move(state, params.id!, { from: "paused", to: "running", message: "Fine-tuning job resumed" });
}

function move(
  state: State,
  id: string,
  { from, to, message }: { from: StoredJob["stage"]; to: StoredJob["stage"]; message: string },
): Answer {
  const job = requireJob(state, id);
  if (job.stage !== from) {
    throw new Refusal(400, `Job ${id} has status '${statusOf(state, job)}', but must be '${from}'.`, {
      code: "invalid_job_status",
    });
  }
  moveTo(job, to);
  tell(state, job, message);
  return json(jobObject(state, job));
}

function listEvents({ state, call, params }: Context): Answer {
  const { events } = requireJob(state, params.id!);
  return page(call, events.map(eventObject).reverse(), { limit: 20, most: 1000 });
}

function listCheckpoints({ state, call, params }: Context): Answer {
  const job = requireJob(state, params.id!);
  const objects = job.checkpoints.map((checkpoint) => checkpointObject(job, checkpoint));
  return page(call, objects.reverse(), { limit: 10, most: 1000, hasEnds: true });
}

function requireJob(state: State, id: string): StoredJob {
  const job = state.jobs.find((one) => one.id === id);
  if (job === undefined) {
    throw new Refusal(404, `Could not find fine tune: ${id}`, {
      param: "fine_tune_id",
      code: "fine_tune_not_found",
    });
  }
  return job;
}

/** Azure says `pending` of a job that it has not looked at (https://github.com/microsoft-foundry/fine-tuning). */
function statusOf({ options }: State, { stage }: StoredJob): string {
  const validating = options.provider === "azure" ? "pending" : "validating_files";
  return stage === "validating" ? validating : stage;
}

function jobObject(state: State, job: StoredJob): NamedObject {
  const { request, stage } = job;
  const method = methodObject(job);
  return {
    id: job.id,
    object: "fine_tuning.job",
    created_at: job.createdAt,
    organization_id: "org-loopback",
    model: job.model,
    status: statusOf(state, job),
    error: job.error ?? null,
    seed: request.seed ?? 1,
    training_file: job.trainingFile,
    validation_file: job.validationFile ?? null,
    fine_tuned_model: job.fineTunedModel ?? null,
    finished_at: job.finishedAt ?? null,
    estimated_finish: stage === "running" ? state.now + 600 : null,
    trained_tokens: stage === "succeeded" ? tokensOf(state, job) : null,
    result_files: job.resultFile === undefined ? [] : [job.resultFile],
    integrations: request.integrations ?? null,
    metadata: request.metadata ?? null,
    method,
    // "This value will only be returned when running `supervised` jobs."
    hyperparameters: (method.supervised as JsonObject | undefined)?.hyperparameters ?? {},
    ...(request.trainingType === undefined ? {} : { trainingType: request.trainingType }),
  };
}

const tokensOf = (state: State, { trainingFile, epochs }: StoredJob): number =>
  Math.ceil((findFile(state, trainingFile)?.content.length ?? 0) / 4) * epochs;

function eventObject({ id, createdAt, level, message, metrics }: JobEvent): NamedObject {
  return {
    id,
    object: "fine_tuning.job.event",
    created_at: createdAt,
    level,
    message,
    type: metrics === undefined ? "message" : "metrics",
    data: metrics ?? {},
  };
}

function checkpointObject(job: StoredJob, { id, createdAt, step, metrics }: JobCheckpoint): NamedObject {
  const isLast = job.checkpoints.at(-1)?.id === id;
  const model = isLast ? job.fineTunedModel : `${job.fineTunedModel}:ckpt-step-${step}`;
  return {
    id,
    object: "fine_tuning.job.checkpoint",
    created_at: createdAt,
    fine_tuning_job_id: job.id,
    fine_tuned_model_checkpoint: model,
    step_number: step,
    metrics,
  };
}
