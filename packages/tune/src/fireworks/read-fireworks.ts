import type { Job, JobState } from "../job.ts";
import { defined, objectOf, secondsOf, textOf } from "../read-fields.ts";
import type { RestObject } from "../requests/rest-client.ts";
import type { UploadedFile } from "../training-file.ts";

/** https://docs.fireworks.ai/api-reference/get-dpo-job: gatewayJobState. */
const states: Readonly<Record<string, JobState>> = {
  JOB_STATE_CREATING: "pending",
  JOB_STATE_CREATING_INPUT_DATASET: "pending",
  JOB_STATE_VALIDATING: "pending",
  JOB_STATE_PENDING: "pending",
  JOB_STATE_RE_QUEUEING: "pending",
  JOB_STATE_PAUSED: "pending",
  JOB_STATE_IDLE: "pending",
  JOB_STATE_RUNNING: "running",
  JOB_STATE_WRITING_RESULTS: "running",
  JOB_STATE_CANCELLING: "running",
  JOB_STATE_COMPLETED: "succeeded",
  JOB_STATE_EARLY_STOPPED: "succeeded",
  JOB_STATE_FAILED: "failed",
  JOB_STATE_EXPIRED: "failed",
  JOB_STATE_CANCELLED: "cancelled",
};

/** `accounts/a/dpoJobs/x` to `x`. */
export function lastPart(name: string): string {
  return name.split("/").at(-1)!;
}

/** A job of Fireworks'. */
export function readFireworksJob(job: RestObject): Job {
  const name = textOf(job, "name") ?? "";
  const status = textOf(job, "state") ?? "";
  const state = Object.hasOwn(states, status) ? states[status]! : "unknown";
  const isDpo = name.includes("/dpoJobs/");
  const training = isDpo ? objectOf(job, "trainingConfig") : job;
  return defined<Job>({
    id: lastPart(name),
    status,
    state,
    model: textOf(training, "baseModel") ?? textOf(training, "warmStartFrom") ?? "",
    resultFiles: [],
    fineTunedModel: state === "succeeded" ? textOf(training, "outputModel") : undefined,
    createdAt: secondsOf(job, "createTime"),
    finishedAt: secondsOf(job, "completedTime"),
    trainingFile: textOf(job, "dataset"),
    method: isDpo ? "dpo" : "supervised",
    hyperparameters: { ...settingsOf(training), ...(isDpo ? objectOf(job, "lossConfig") : {}) },
    metadata: undefined,
    trainedTokens: undefined,
    error: state === "failed" ? errorOf(objectOf(job, "status")) : undefined,
  });
}

const settings = ["epochs", "batchSize", "batchSizeSamples", "learningRate", "loraRank", "maxContextLength"];

/** A supervised job has its settings beside all else that is said of it. */
function settingsOf(training: RestObject): Record<string, unknown> {
  const known = settings.filter((name) => Object.hasOwn(training, name));
  return Object.fromEntries(known.map((name) => [name, training[name]]));
}

function errorOf(status: RestObject): NonNullable<Job["error"]> {
  const message = textOf(status, "message") ?? "the job failed, and no reason is given";
  return defined({ code: textOf(status, "code"), message });
}

/** A dataset of Fireworks'. */
export function readFireworksFile(dataset: RestObject): UploadedFile {
  const status = textOf(dataset, "state") ?? "";
  const condition = objectOf(dataset, "status");
  const isBroken = (textOf(condition, "code") ?? "OK") !== "OK";
  return defined<UploadedFile>({
    id: textOf(dataset, "name") ?? "",
    status,
    state: isBroken ? "failed" : status === "READY" ? "ready" : "processing",
    reason: isBroken ? textOf(condition, "message") : undefined,
  });
}
