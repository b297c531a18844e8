import { DataError } from "@dpo-kit/schema";
import type { JobSettings } from "@dpo-kit/tune";
import type { TuneCreateRequest } from "./tune-request.ts";

/**
 * The settings of a job as the options say them.
 * @throws RUN_OPTION_INVALID
 */
export function jobSettings(request: TuneCreateRequest, method: JobSettings["method"]): JobSettings {
  const { model, suffix, seed, wandb } = request;
  if (model === undefined) {
    throw new DataError("RUN_OPTION_INVALID", {
      message: "Which model is to be trained?",
      hint: "Name it: --model gpt-4.1-mini-2025-04-14",
    });
  }
  return {
    method,
    model,
    hyperparameters: hyperparametersOf(request, method),
    ...(suffix === undefined ? {} : { suffix }),
    ...(seed === undefined ? {} : { seed }),
    ...(request.metadata === undefined ? {} : { metadata: readMetadata(request.metadata) }),
    ...(wandb === undefined ? {} : { wandb: { project: wandb } }),
  };
}

/** The supervised job takes all settings that both methods have. */
function hyperparametersOf(
  { beta, epochs, batchSize, learningRateMultiplier, learningRate }: TuneCreateRequest,
  method: JobSettings["method"],
): JobSettings["hyperparameters"] {
  return {
    ...(beta === undefined || method === "supervised" ? {} : { beta }),
    ...(epochs === undefined ? {} : { epochs }),
    ...(batchSize === undefined ? {} : { batchSize }),
    ...(learningRateMultiplier === undefined ? {} : { learningRateMultiplier }),
    ...(learningRate === undefined ? {} : { learningRate }),
  };
}

function readMetadata(pairs: readonly string[]): Record<string, string> {
  const metadata = new Map<string, string>();
  for (const pair of pairs) {
    const at = pair.indexOf("=");
    const key = pair.slice(0, at);
    if (at < 1 || metadata.has(key)) {
      throw new DataError("RUN_OPTION_INVALID", {
        message: `--metadata takes key=value, each key once, not ${JSON.stringify(pair.slice(0, 100))}`,
        hint: "For instance: --metadata team=support --metadata run=7",
      });
    }
    metadata.set(key, pair.slice(at + 1));
  }
  return Object.fromEntries(metadata);
}
