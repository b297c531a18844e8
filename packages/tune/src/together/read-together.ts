import type { Job, JobEvent, JobMetrics, JobState } from "../job.ts";
import { defined, objectOf, secondsOf, textOf } from "../read-fields.ts";
import type { RestObject } from "../requests/rest-client.ts";
import { numbersOf } from "../run/metrics.ts";
import type { UploadedFile } from "../training-file.ts";

/** https://github.com/togethercomputer/together-python, src/together/types/finetune.py: FinetuneJobStatus. */
const states: Readonly<Record<string, JobState>> = {
  pending: "pending",
  queued: "pending",
  running: "running",
  compressing: "running",
  uploading: "running",
  cancel_requested: "running",
  cancelled: "cancelled",
  error: "failed",
  user_error: "failed",
  completed: "succeeded",
};

/** A job of Together's. */
export function readTogetherJob(job: RestObject): Job {
  const status = textOf(job, "status") ?? "";
  const state = Object.hasOwn(states, status) ? states[status]! : "unknown";
  const method = textOf(objectOf(job, "training_method"), "method");
  const failure = objectsOfEvents(job).findLast(({ level }) => String(level).toLowerCase() === "error");
  const settings = ["n_epochs", "batch_size", "learning_rate", "training_method"];
  return defined<Job>({
    id: textOf(job, "id") ?? "",
    status,
    state,
    model: textOf(job, "model") ?? "",
    resultFiles: [],
    fineTunedModel:
      state === "succeeded" ? (textOf(job, "model_output_name") ?? textOf(job, "output_name")) : undefined,
    createdAt: secondsOf(job, "created_at"),
    finishedAt: state === "succeeded" ? secondsOf(job, "updated_at") : undefined,
    trainingFile: textOf(job, "training_file"),
    method: method === "sft" ? "supervised" : method,
    hyperparameters: Object.fromEntries(settings.map((name) => [name, job[name]])),
    metadata: undefined,
    trainedTokens: typeof job.token_count === "number" ? job.token_count : undefined,
    error:
      state === "failed"
        ? { message: (failure && textOf(failure, "message")) ?? "the job failed, and no reason is given" }
        : undefined,
  });
}

function objectsOfEvents({ events }: RestObject): RestObject[] {
  return Array.isArray(events) ? events : [];
}

/** An event of Together's. */
export function readTogetherEvent(event: RestObject): JobEvent {
  const message = textOf(event, "message") ?? textOf(event, "type") ?? "";
  const createdAt = secondsOf(event, "created_at") ?? 0;
  const level = (textOf(event, "level") ?? "info").toLowerCase();
  return { id: textOf(event, "hash") ?? `${createdAt} ${message}`, createdAt, level, message };
}

const metricNames: Readonly<Record<string, string>> = {
  "train/global_step": "step",
  "train/loss": "train_loss",
  "eval/loss": "valid_loss",
};

/** The metrics of a step; what OpenAI has too gets OpenAI's name. */
export function readTogetherMetrics(metrics: RestObject): JobMetrics {
  return Object.fromEntries(
    Object.entries(numbersOf(metrics)).map(([name, value]) => [
      Object.hasOwn(metricNames, name) ? metricNames[name]! : name.replaceAll("/", "_"),
      value,
    ]),
  );
}

/**
 * A file of Together's; its content is checked after the upload
 * (https://github.com/togethercomputer/skills, together-fine-tuning/references/data-formats.md).
 */
export function readTogetherFile(file: RestObject): UploadedFile {
  const status = textOf(file, "processing_status") ?? (file.Processed === true ? "COMPLETED" : "PROCESSING");
  const report = objectOf(file, "validation_report");
  const isBroken = status === "INVALID_FORMAT" || status === "FAILED";
  return defined<UploadedFile>({
    id: textOf(file, "id") ?? "",
    status,
    state: status === "COMPLETED" ? "ready" : isBroken ? "failed" : "processing",
    reason: isBroken ? (textOf(report, "error") ?? textOf(report, "message")) : undefined,
  });
}
