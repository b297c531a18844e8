import { examineTrainingFile } from "./examine-training-file.ts";
import type { JobPlan } from "./server-options.ts";
import { nextId, type State, type StoredJob } from "./state.ts";

/** Whether a job can come no further. */
export function hasEnded({ stage }: StoredJob): boolean {
  return stage === "succeeded" || stage === "failed" || stage === "cancelled";
}

/** Takes a job on. */
export function storeJob(
  state: State,
  asked: Pick<
    StoredJob,
    "id" | "request" | "model" | "trainingFile" | "validationFile" | "method" | "epochs" | "outputModel"
  >,
): StoredJob {
  const plan: JobPlan = state.options.jobs?.[state.jobs.length] ?? {};
  const job: StoredJob = {
    ...asked,
    createdAt: state.now,
    stage: "validating",
    plan,
    polls: 0,
    step: 0,
    events: [],
    checkpoints: [],
    finishedAt: undefined,
    fineTunedModel: undefined,
    resultFile: undefined,
    error: undefined,
  };
  state.jobs.push(job);
  tell(state, job, `Created fine-tuning job: ${job.id}`);
  tell(state, job, `Validating training file: ${job.trainingFile}`);
  return job;
}

/** Moves a job on by one poll. */
export function advanceJob(state: State, job: StoredJob): void {
  if (job.stage === "running") {
    trainOneStep(state, job);
    return;
  }
  job.polls += 1;
  if (job.polls < (job.plan.polls ?? 1)) {
    return;
  }
  if (job.stage === "validating") {
    validateFiles(state, job);
  } else if (job.stage === "queued") {
    moveTo(job, "running");
    tell(state, job, "Fine-tuning job started");
  }
}

/** Stops a job that has not ended. */
export function cancelJob(state: State, job: StoredJob): void {
  end(state, job, "cancelled");
  tell(state, job, "Fine-tuning job cancelled");
}

/** Moves a job to another stage. */
export function moveTo(job: StoredJob, stage: StoredJob["stage"]): void {
  job.stage = stage;
  job.polls = 0;
}

/** Adds to what a job has told. */
export function tell(
  state: State,
  job: StoredJob,
  message: string,
  more: Partial<StoredJob["events"][number]> = {},
): void {
  job.events.push({
    id: nextId(state, "ftevent-"),
    createdAt: state.now,
    level: "info",
    message,
    metrics: undefined,
    ...more,
  });
}

function end(state: State, job: StoredJob, stage: StoredJob["stage"]): void {
  moveTo(job, stage);
  job.finishedAt = state.now;
}

function validateFiles(state: State, job: StoredJob): void {
  const planned = job.plan.fails?.at !== "running" ? job.plan.fails : undefined;
  const failure = planned ?? examineTrainingFile(state, job);
  if (failure !== undefined) {
    fail(state, job, failure);
    return;
  }
  moveTo(job, "queued");
  tell(state, job, "Files validated, moving job to queued state");
}

function fail(state: State, job: StoredJob, { code, message, param }: NonNullable<JobPlan["fails"]>): void {
  job.error = { code, message, param: param === undefined ? "training_file" : param };
  end(state, job, "failed");
  tell(state, job, message, { level: "error" });
}

function trainOneStep(state: State, job: StoredJob): void {
  const { steps = 6, fails, isCancelled } = job.plan;
  if (job.step >= steps / 2 && fails?.at === "running") {
    fail(state, job, { param: null, ...fails });
  } else if (job.step >= steps / 2 && isCancelled === true) {
    cancelJob(state, job);
  } else if (job.step >= steps) {
    succeed(state, job);
  } else {
    job.step += 1;
    const metrics = metricsOf(job, job.step);
    tell(state, job, `Step ${job.step}/${steps}: training loss=${metrics.train_loss}`, { metrics });
  }
}

/** Numbers that fall, from the loss of a model that prefers nothing, and rise as one would wish; the validation's only where there is a validation file. */
export function metricsOf(job: StoredJob, step: number): Record<string, number> {
  const loss = round(Math.LN2 / (1 + step / 5));
  const accuracy = round(1 - 0.5 / (1 + step / 5));
  const validation = { valid_loss: round(loss * 1.1), valid_mean_token_accuracy: round(accuracy * 0.95) };
  return {
    step,
    train_loss: loss,
    train_mean_token_accuracy: accuracy,
    ...(job.validationFile === undefined ? {} : validation),
  };
}

const round = (value: number): number => Math.round(value * 10_000) / 10_000;

function succeed(state: State, job: StoredJob): void {
  job.fineTunedModel = job.outputModel;
  keepCheckpoints(state, job);
  job.resultFile = storeResults(state, job);
  end(state, job, "succeeded");
  tell(state, job, `New fine-tuned model created: ${job.fineTunedModel}`);
  tell(state, job, "The job has successfully completed");
}

/** The models at the end of each of the last three epochs. */
function keepCheckpoints(state: State, job: StoredJob): void {
  for (let epoch = Math.max(1, job.epochs - 2); epoch <= job.epochs; epoch++) {
    const step = Math.max(1, Math.round((job.step * epoch) / job.epochs));
    const metrics = metricsOf(job, step);
    job.checkpoints.push({ id: nextId(state, "ftckpt_"), createdAt: state.now, step, metrics });
    tell(state, job, `Checkpoint created at step ${step}`);
  }
}

function storeResults(state: State, job: StoredJob): string {
  const names = [
    "step",
    "train_loss",
    "train_mean_token_accuracy",
    "valid_loss",
    "valid_mean_token_accuracy",
  ];
  const rows = Array.from({ length: job.step }, (_, at) => {
    const metrics = metricsOf(job, at + 1);
    return names.map((name) => metrics[name] ?? "").join(",");
  });
  const id = nextId(state, "file-");
  state.files.push({
    id,
    filename: "step_metrics.csv",
    purpose: "fine-tune-results",
    content: Buffer.from(`${[names.join(","), ...rows].join("\n")}\n`),
    createdAt: state.now,
    expiresAt: undefined,
    stage: "processed",
    details: undefined,
    pollsLeft: 0,
    isDeleted: false,
    plan: {},
  });
  return id;
}
