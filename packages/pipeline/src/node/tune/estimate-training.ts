import type { Issue } from "@dpo-kit/schema";
import { type CostEstimate, estimateTrainingCost } from "@dpo-kit/stats";
import { encodingOfModel } from "@dpo-kit/tokens";
import type { JobSettings, ProviderId } from "@dpo-kit/tune";
import type { RunEnvironment } from "../../conversion-request.ts";
import type { TuneEstimate } from "../../tune/tune-result.ts";
import { collectFileStatistics } from "../stats/collect-file-statistics.ts";

/** What an estimate is made of. */
export interface EstimateQuestion {
  readonly training: string;
  readonly provider: ProviderId;
  readonly settings: JobSettings;
  readonly prices?: string | undefined;
  readonly warnings: readonly Issue[];
}

/** Counts the tokens of a file of pairs, and what training on it would cost at the prices that are known. */
export async function estimateTraining(
  { training, provider, settings, prices, warnings }: EstimateQuestion,
  environment: RunEnvironment,
): Promise<TuneEstimate> {
  const { model, hyperparameters } = settings;
  const { epochs = "auto" } = hyperparameters;
  const isKnown = encodingOfModel(model) !== undefined;
  const {
    statistics,
    cost,
    epochs: supposed,
  } = await collectFileStatistics(
    {
      inputs: [training],
      epochs,
      ...(isKnown ? { model } : {}),
      ...(prices === undefined ? {} : { prices }),
    },
    environment,
  );
  const { tokens } = statistics.lengths;
  const [any] = tokens === undefined ? [] : estimateTrainingCost(tokens, { epochs: supposed });
  return {
    provider,
    model,
    pairs: statistics.pairs,
    tokens: any?.tokens ?? { low: 0, high: 0 },
    epochs: supposed,
    areEpochsChosen: epochs === "auto",
    costs: pricesOf(cost ?? [], provider, model),
    warnings,
  };
}

/** Of OpenAI the price of the model; of others those of all classes of models. */
function pricesOf(costs: readonly CostEstimate[], provider: ProviderId, model: string): CostEstimate[] {
  const own = costs.filter((cost) => cost.provider === provider);
  const base = model.startsWith("ft:") ? model.split(":")[1]! : model;
  const named = own
    .filter((cost) => base === cost.model || base.startsWith(`${cost.model}-`))
    .sort((a, b) => b.model.length - a.model.length);
  return provider === "openai" ? named.slice(0, 1) : named.length > 0 ? named.slice(0, 1) : own;
}
