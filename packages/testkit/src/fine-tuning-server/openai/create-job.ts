import { Refusal } from "../call.ts";
import {
  autoOr,
  type Check,
  type JsonObject,
  list,
  metadata,
  nullOr,
  number,
  object,
  oneOf,
  text,
} from "../checks.ts";
import { findFile, type State, type StoredJob } from "../state.ts";

/** Ranges: https://github.com/openai/openai-openapi, FineTuneDPOHyperparameters. */
const supervisedHyperparameters: Record<string, Check> = {
  batch_size: autoOr(number({ min: 1, max: 256, isWhole: true })),
  learning_rate_multiplier: autoOr(number({ above: 0 })),
  n_epochs: autoOr(number({ min: 1, max: 50, isWhole: true })),
};
const dpoHyperparameters: Record<string, Check> = {
  ...supervisedHyperparameters,
  beta: autoOr(number({ above: 0, max: 2 })),
};

const hyperparameters = (checks: Record<string, Check>): Check =>
  object({}, { hyperparameters: object({}, checks) });

const supervised: Check = object(
  { type: oneOf("supervised") },
  { supervised: hyperparameters(supervisedHyperparameters) },
);
const dpo: Check = object({ type: oneOf("dpo") }, { dpo: hyperparameters(dpoHyperparameters) });

const method: Check = (value, at) =>
  ((value as JsonObject | null)?.type === "dpo" ? dpo : supervised)(value, at);

const wandb: Check = object(
  { project: text({ min: 1 }) },
  { name: nullOr(text()), entity: nullOr(text()), tags: list(text()) },
);

const required: Record<string, Check> = { model: text({ min: 1 }), training_file: text({ min: 1 }) };
const optional: Record<string, Check> = {
  suffix: nullOr(text({ min: 1, max: 64 })),
  validation_file: nullOr(text({ min: 1 })),
  integrations: nullOr(list(object({ type: oneOf("wandb"), wandb }), 5)),
  seed: nullOr(number({ min: 0, max: 2_147_483_647, isWhole: true })),
  method,
  metadata: nullOr(metadata),
};

/** https://github.com/openai/openai-openapi, CreateFineTuningJobRequest, without the deprecated `hyperparameters`. */
export const createOpenaiJobBody: Check = object(required, optional);

/** What Azure takes beside it: https://learn.microsoft.com/azure/ai-foundry/openai/how-to/fine-tuning */
export const createAzureJobBody: Check = object(required, {
  ...optional,
  suffix: nullOr(text({ min: 1, max: 64, form: /^[^.]*$/u })),
  trainingType: oneOf("Standard", "GlobalStandard", "Developer"),
});

/** Refuses a file that is not there, is for something else, or is not yet processed. */
export function requireTrainableFile(state: State, id: string, param: string): void {
  const file = findFile(state, id);
  if (file === undefined) {
    throw new Refusal(400, `invalid ${param}: ${id}`, { param, code: "invalid_file_id" });
  }
  if (file.purpose !== "fine-tune") {
    throw new Refusal(400, `File '${id}' has purpose '${file.purpose}', but must have 'fine-tune'.`, {
      param,
    });
  }
  if (file.stage === "processed") {
    return;
  }
  throw state.options.provider === "azure"
    ? new Refusal(400, "The specified file reference must point to a completed file import.", {
        code: "invalidPayload",
      })
    : new Refusal(
        400,
        `File '${id}' is still being processed and is not ready to be used for fine-tuning. Please try again later.`,
        { param },
      );
}

/** Refuses a model that is not served, or no more; one that was tuned here may be tuned again. */
export function requireModel(state: State, model: string): void {
  const served = state.models.find(({ id }) => id === model);
  const today = new Date(state.now * 1000).toISOString().slice(0, 10);
  const isServed = served !== undefined && (served.shutdownDate === null || today < served.shutdownDate);
  if (!isServed && !state.jobs.some(({ fineTunedModel }) => fineTunedModel === model)) {
    throw new Refusal(400, `Model ${model} is not available for fine-tuning or does not exist.`, {
      param: "model",
      code: "model_not_available",
    });
  }
}

/** The method and its numbers as a job shows them: `auto` until it runs, then what was chosen. */
export function methodObject({ method: type, request, stage, epochs }: StoredJob): JsonObject {
  const asked = (request.method as Record<string, { hyperparameters?: JsonObject }> | undefined)?.[type];
  const isChosen = stage !== "validating" && stage !== "queued";
  const chosen = { batch_size: 1, learning_rate_multiplier: 1, n_epochs: epochs, beta: 0.1 };
  const names = Object.keys(type === "dpo" ? dpoHyperparameters : supervisedHyperparameters);
  const numbers = names.map((name) => {
    const value = asked?.hyperparameters?.[name] ?? "auto";
    return [name, value === "auto" && isChosen ? chosen[name as keyof typeof chosen] : value];
  });
  return { type, [type]: { hyperparameters: Object.fromEntries(numbers) } };
}
