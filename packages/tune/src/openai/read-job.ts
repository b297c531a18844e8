import type { FineTuningJobCheckpoint } from "openai/resources/fine-tuning/jobs/checkpoints";
import type { FineTuningJob, FineTuningJobEvent } from "openai/resources/fine-tuning/jobs/jobs";
import type { Checkpoint, Job, JobEvent, JobState } from "../job.ts";
import { numbersOf } from "../run/metrics.ts";

/** What OpenAI's statuses mean; `pending` is Azure's. */
const states: Readonly<Record<string, JobState>> = {
  validating_files: "pending",
  queued: "pending",
  pending: "pending",
  paused: "pending",
  running: "running",
  succeeded: "succeeded",
  failed: "failed",
  cancelled: "cancelled",
};

/** A job of OpenAI's interface. Servers that speak it leave out much of it. */
export function readJob(job: FineTuningJob): Job {
  const status = String(job.status);
  const { method, metadata, error } = job;
  // For DPO the settings stand in the method; the member of the job is of supervised jobs only.
  const hyperparameters = method?.[method.type]?.hyperparameters ?? job.hyperparameters;
  return {
    id: job.id,
    status,
    state: Object.hasOwn(states, status) ? states[status]! : "unknown",
    model: job.model,
    resultFiles: job.result_files ?? [],
    ...given("fineTunedModel", job.fine_tuned_model),
    ...given("createdAt", job.created_at),
    ...given("finishedAt", job.finished_at),
    ...given("trainingFile", job.training_file),
    ...given("method", method?.type),
    ...given("hyperparameters", hyperparameters as Record<string, unknown> | null | undefined),
    ...given("metadata", metadata),
    ...given("trainedTokens", job.trained_tokens),
    // Azure gives an empty error to jobs that did not fail.
    ...(error?.message ? { error: errorOf(error) } : {}),
  };
}

function errorOf({ code, message, param }: FineTuningJob.Error): NonNullable<Job["error"]> {
  return { message, ...given("code", code), ...given("param", param) };
}

function given<Name extends string, T>(name: Name, value: T | null | undefined): { [Key in Name]?: T } {
  return (value === null || value === undefined ? {} : { [name]: value }) as { [Key in Name]?: T };
}

/** An event of OpenAI's interface. */
export function readEvent({ id, created_at, level, message, type, data }: FineTuningJobEvent): JobEvent {
  const event = { id, createdAt: created_at, level, message };
  return type === "metrics" ? { ...event, metrics: numbersOf(data) } : event;
}

/** A checkpoint of OpenAI's interface. */
export function readCheckpoint(checkpoint: FineTuningJobCheckpoint): Checkpoint {
  return {
    id: checkpoint.id,
    step: checkpoint.step_number,
    model: checkpoint.fine_tuned_model_checkpoint,
    metrics: numbersOf(checkpoint.metrics),
  };
}
