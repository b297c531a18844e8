import { type Answer, json, Refusal } from "../call.ts";
import { type JsonObject, jsonBody, noBody, queryOf } from "../checks.ts";
import { advanceJob, cancelJob, hasEnded, metricsOf, storeJob } from "../job-life.ts";
import type { Context, Route } from "../route.ts";
import { findFile, type JobEvent, type JobStage, nextId, type State, type StoredJob } from "../state.ts";
import { createTogetherJobBody } from "./create-job.ts";

/** Jobs as Together runs them (https://docs.together.ai/reference/post-fine-tunes). */
export const jobRoutes: readonly Route[] = [
  { method: "POST", path: "/fine-tunes", handle: createJob },
  { method: "GET", path: "/fine-tunes", handle: listJobs },
  { method: "GET", path: "/fine-tunes/{id}", handle: retrieveJob },
  { method: "POST", path: "/fine-tunes/{id}/cancel", handle: cancel },
  { method: "GET", path: "/fine-tunes/{id}/events", handle: listEvents },
  { method: "GET", path: "/fine-tunes/{id}/checkpoints", handle: listCheckpoints },
  { method: "GET", path: "/fine-tunes/{id}/metrics", handle: listMetrics },
];

interface CreateBody extends JsonObject {
  model?: string;
  training_file: string;
  validation_file?: string;
  training_method?: { method: "sft" | "dpo" };
  from_checkpoint?: string;
  n_epochs?: number;
  n_evals?: number;
  suffix?: string;
}

function createJob({ state, call }: Context): Answer {
  queryOf(call);
  const request = jsonBody(call, createTogetherJobBody) as CreateBody;
  const id = nextId(state, "ft-");
  const model = modelOf(state, request);
  const validationFile = request.validation_file || undefined;
  requireFile(state, request.training_file, "training_file");
  if (validationFile !== undefined) {
    requireFile(state, validationFile, "validation_file");
  } else if ((request.n_evals ?? 0) > 0) {
    throw new Refusal(400, "n_evals is above 0, but there is no validation_file.", { param: "n_evals" });
  }
  const job = storeJob(state, {
    id,
    request,
    model,
    trainingFile: request.training_file,
    validationFile,
    method: request.training_method?.method === "dpo" ? "dpo" : "supervised",
    epochs: request.n_epochs ?? 1,
    outputModel: `loopback/${model.split("/").at(-1)}-${request.suffix ?? ""}-${id.slice(-8)}`,
  });
  return json(jobObject(state, job));
}

/** A base model, or the one that a checkpoint (`JOB[:STEP]` or `OUTPUT_MODEL[:STEP]`) was made of. */
function modelOf(state: State, { model, from_checkpoint: checkpoint }: CreateBody): string {
  const [name] = checkpoint?.split(":") ?? [];
  const former = state.jobs.find(
    ({ id, fineTunedModel }) => fineTunedModel !== undefined && (fineTunedModel === name || id === name),
  );
  if (checkpoint !== undefined && former === undefined) {
    throw new Refusal(400, `Checkpoint ${checkpoint} not found`, { param: "from_checkpoint" });
  }
  const base = model ?? former?.model;
  if (base === undefined || !state.models.some(({ id }) => id === base)) {
    throw new Refusal(400, `Model ${base} is not available for fine-tuning.`, { param: "model" });
  }
  return base;
}

function requireFile(state: State, id: string, param: string): void {
  const file = findFile(state, id);
  if (file === undefined || file.purpose !== "fine-tune") {
    throw new Refusal(400, `${param} ${id} is no file for fine-tuning.`, { param });
  }
  if (file.stage !== "processed") {
    throw new Refusal(400, `${param} ${id} has not been processed, or is not valid.`, { param });
  }
}

function listJobs({ state, call }: Context): Answer {
  queryOf(call);
  return json({ data: state.jobs.map((job) => jobObject(state, job)) });
}

function retrieveJob({ state, call, params }: Context): Answer {
  queryOf(call);
  const job = requireJob(state, params.id!);
  if (state.options.advance !== "manual") {
    advanceJob(state, job);
  }
  return json({ ...jobObject(state, job), events: job.events.map((event) => eventObject(job, event)) });
}

function cancel({ state, call, params }: Context): Answer {
  noBody(call);
  const job = requireJob(state, params.id!);
  if (hasEnded(job)) {
    throw new Refusal(400, `Job ${job.id} has already ended.`);
  }
  cancelJob(state, job);
  return json({ ...jobObject(state, job), status: "cancel_requested" });
}

function listEvents({ state, call, params }: Context): Answer {
  queryOf(call);
  const job = requireJob(state, params.id!);
  return json({ data: job.events.map((event) => eventObject(job, event)) });
}

function listCheckpoints({ state, call, params }: Context): Answer {
  queryOf(call);
  const { checkpoints, outputModel } = requireJob(state, params.id!);
  const data = checkpoints.map(({ step, createdAt }, at) => ({
    step,
    created_at: timeOf(createdAt),
    path: `${outputModel}:${step}`,
    checkpoint_type: at === checkpoints.length - 1 ? "Final" : "Intermediate",
  }));
  return json({ data });
}

function listMetrics({ state, call, params }: Context): Answer {
  queryOf(call);
  const job = requireJob(state, params.id!);
  const metrics = Array.from({ length: job.step }, (_, at) => {
    const { step, train_loss, valid_loss } = metricsOf(job, at + 1);
    const evaluation = valid_loss === undefined ? {} : { "eval/loss": valid_loss };
    return {
      "train/global_step": step,
      "train/loss": train_loss,
      "train/learning_rate": 0.00001,
      ...evaluation,
    };
  });
  return json({ metrics });
}

function requireJob(state: State, id: string): StoredJob {
  const job = state.jobs.find((one) => one.id === id);
  if (job === undefined) {
    throw new Refusal(404, `Fine-tune ${id} not found`, { param: "id" });
  }
  return job;
}

const statuses: Record<JobStage, string> = {
  validating: "pending",
  queued: "queued",
  running: "running",
  paused: "running",
  succeeded: "completed",
  failed: "error",
  cancelled: "cancelled",
};

const timeOf = (seconds: number): string => new Date(seconds * 1000).toISOString();

function jobObject(state: State, job: StoredJob): JsonObject {
  const { request } = job;
  const method = { dpo_beta: 0.1, dpo_normalize_logratios_by_length: false };
  return {
    id: job.id,
    status: statuses[job.stage],
    created_at: timeOf(job.createdAt),
    updated_at: timeOf(state.now),
    user_id: "user-loopback",
    model: job.model,
    model_output_name: job.outputModel,
    training_file: job.trainingFile,
    validation_file: job.validationFile ?? "",
    training_method:
      job.method === "dpo"
        ? { ...method, ...(request.training_method as JsonObject) }
        : { method: "sft", train_on_inputs: "auto" },
    training_type: request.training_type ?? { type: "Lora", lora_r: 8, lora_alpha: 16 },
    n_epochs: job.epochs,
    n_checkpoints: request.n_checkpoints ?? 1,
    n_evals: request.n_evals ?? 0,
    batch_size: request.batch_size ?? "max",
    learning_rate: request.learning_rate ?? 0.00001,
    suffix: request.suffix ?? "",
    steps_completed: job.step,
    token_count: 0,
    total_price: 0,
    events: [],
  };
}

/** Types of events: https://github.com/togethercomputer/together-py, src/together/types/finetune_event_type.py */
function eventObject(job: StoredJob, { message, level, createdAt, id, metrics }: JobEvent): object {
  const type = level === "error" ? "job_error" : typeOf(message);
  return {
    object: "fine-tune-event",
    created_at: timeOf(createdAt),
    level: level === "warn" ? "warning" : level,
    message,
    type,
    param_count: 0,
    token_count: 0,
    total_steps: job.plan.steps ?? 6,
    wandb_url: "",
    step: metrics?.step ?? 0,
    checkpoint_path: "",
    model_path: type === "job_complete" ? job.outputModel : "",
    training_offset: 0,
    hash: id,
  };
}

function typeOf(message: string): string {
  const types: readonly [RegExp, string][] = [
    [/^Created/u, "job_pending"],
    [/^Validating/u, "training_data_downloading"],
    [/^Files validated/u, "training_data_download_complete"],
    [/started$/u, "training_start"],
    [/^Checkpoint/u, "checkpoint_save"],
    [/^New fine-tuned/u, "model_upload_complete"],
    [/completed$/u, "job_complete"],
    [/cancelled$/u, "cancel_requested"],
  ];
  return types.find(([form]) => form.test(message))?.[1] ?? "epoch_complete";
}
