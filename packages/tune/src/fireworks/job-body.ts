import type { JobRequest } from "../job-request.ts";
import { defined } from "../read-fields.ts";

/** The two kinds of jobs, as paths name them. */
export type JobKind = "dpoJobs" | "supervisedFineTuningJobs";

/** The kind of job that a method needs. */
export function kindOf(method: JobRequest["method"]): JobKind {
  return method === "dpo" ? "dpoJobs" : "supervisedFineTuningJobs";
}

/** The parameter that gives a job its id. */
export function jobIdParameter(method: JobRequest["method"]): string {
  return method === "dpo" ? "dpoJobId" : "supervisedFineTuningJobId";
}

/** The id of a job, made of its key: lower-case letters, digits and dashes, beginning with a letter. */
export function jobIdOf({ key }: JobRequest): string {
  return `dpo-kit-${key.toLowerCase().replace(/[^a-z0-9]+/gu, "-")}`.slice(0, 63);
}

/**
 * The body of the request that creates a job (https://docs.fireworks.ai/api-reference/create-dpo-job,
 * https://docs.fireworks.ai/api-reference/create-supervised-fine-tuning-job).
 *
 * @param account `/accounts/<id>`.
 */
export function fireworksJobBody(request: JobRequest, account: string): Record<string, unknown> {
  const { method, model, isFineTuned, trainingFile, validationFile, hyperparameters, suffix } = request;
  const { beta, epochs, batchSize, learningRate } = hyperparameters;
  const isOwn = isFineTuned === true || model.startsWith(`${account.slice(1)}/models/`);
  const training = defined<Record<string, unknown>>({
    [isOwn ? "warmStartFrom" : "baseModel"]: model,
    epochs: number(epochs),
    batchSizeSamples: number(batchSize),
    learningRate,
  });
  const common = defined({ dataset: trainingFile, displayName: suffix });
  return method === "dpo"
    ? {
        ...common,
        lossConfig: lossConfigOf(number(beta)),
        trainingConfig: training,
      }
    : { ...common, ...training, ...defined({ evaluationDataset: validationFile }) };
}

/** https://github.com/fw-ai-external/python-sdk/blob/8399c12/src/fireworks/types/shared/dpo_config.py */
function lossConfigOf(beta: number | undefined): Record<string, unknown> {
  return { method: "DPO", ...(beta === undefined ? {} : { dpo: { beta } }) };
}

function number(value: number | "auto" | undefined): number | undefined {
  return value === "auto" ? undefined : value;
}
