import type { JobRequest } from "../job-request.ts";
import { defined } from "../read-fields.ts";

/**
 * The body of the request that creates a job (https://docs.together.ai/reference/post-fine-tunes). What is left to the
 * provider is left out.
 */
export function togetherJobBody(request: JobRequest): Record<string, unknown> {
  const { model, isFineTuned, trainingFile, validationFile, method, hyperparameters, suffix } = request;
  const { beta, epochs, batchSize, learningRate } = hyperparameters;
  const number = (value: number | "auto" | undefined): number | undefined =>
    value === "auto" ? undefined : value;
  return defined<Record<string, unknown>>({
    [isFineTuned === true ? "from_checkpoint" : "model"]: model,
    training_file: trainingFile,
    validation_file: validationFile,
    n_evals: validationFile === undefined ? undefined : EVALUATIONS,
    training_method:
      method === "dpo"
        ? defined({ method: "dpo", dpo_beta: number(beta) })
        : { method: "sft", train_on_inputs: "auto" },
    n_epochs: number(epochs),
    batch_size: number(batchSize),
    learning_rate: learningRate,
    suffix,
  });
}

/** A validation file is of no use without evaluations; how many there are must be said. */
const EVALUATIONS = 10;
