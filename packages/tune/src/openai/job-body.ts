import { JOB_KEY } from "../checks/check-job-settings.ts";
import type { Hyperparameters, JobRequest, WandbProject } from "../job-request.ts";
import type { ProviderId } from "../provider-id.ts";

/** A job as OpenAI's interface is asked for it. */
export type JobBody = Readonly<Record<string, unknown>> & {
  readonly model: string;
  readonly training_file: string;
};

/**
 * The body of the request that creates a job (https://platform.openai.com/docs/api-reference/fine-tuning/create).
 * What is not set is left out: nothing is sent as null. Azure documents no metadata, so it gets no key of ours.
 */
export function jobBody(request: JobRequest, provider: ProviderId): JobBody {
  const { model, trainingFile, validationFile, method, suffix, seed, wandb } = request;
  const hyperparameters = hyperparametersOf(request.hyperparameters);
  const metadata = { ...request.metadata, ...(provider === "azure" ? {} : { [JOB_KEY]: request.key }) };
  return {
    model,
    training_file: trainingFile,
    ...(validationFile === undefined ? {} : { validation_file: validationFile }),
    method: { type: method, [method]: { hyperparameters } },
    ...(suffix === undefined ? {} : { suffix }),
    ...(seed === undefined ? {} : { seed }),
    ...(wandb === undefined ? {} : { integrations: [{ type: "wandb", wandb: wandbOf(wandb) }] }),
    ...(Object.keys(metadata).length === 0 ? {} : { metadata }),
  };
}

function hyperparametersOf({
  beta,
  batchSize,
  epochs,
  learningRateMultiplier,
}: Hyperparameters): Record<string, number | "auto"> {
  return {
    ...(beta === undefined ? {} : { beta }),
    ...(batchSize === undefined ? {} : { batch_size: batchSize }),
    ...(learningRateMultiplier === undefined ? {} : { learning_rate_multiplier: learningRateMultiplier }),
    ...(epochs === undefined ? {} : { n_epochs: epochs }),
  };
}

function wandbOf({ project, name, entity, tags }: WandbProject): Record<string, unknown> {
  return {
    project,
    ...(name === undefined ? {} : { name }),
    ...(entity === undefined ? {} : { entity }),
    ...(tags === undefined ? {} : { tags }),
  };
}
