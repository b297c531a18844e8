import type { LengthStatistics } from "../collectors/length-collector.ts";
import { type TrainingPrice, trainingPrices } from "./price-table.ts";

/** A figure of which only the bounds are known. */
export interface CostRange {
  readonly low: number;
  readonly high: number;
}

/** What training would cost at one price. */
export interface CostEstimate extends TrainingPrice {
  /** Tokens of all epochs. */
  readonly tokens: CostRange;
  /** US dollars. */
  readonly usd: CostRange;
}

/** What an estimate supposes. */
export interface CostOptions {
  /** Default: 1. Providers choose more for small files where they are left to choose. */
  readonly epochs?: number;
  /** Default: {@link trainingPrices}. */
  readonly prices?: readonly TrainingPrice[];
}

/**
 * Estimates what training on a dataset would cost: tokens × epochs × price
 * (https://learn.microsoft.com/azure/foundry/openai/how-to/fine-tuning-cost-management). Both answers count. No
 * provider says whether the input is counted once for a pair or with each answer: `low` is the first, `high` the
 * second. Encodings of models that are not OpenAI's differ, so there it is a rough figure.
 */
export function estimateTrainingCost(lengths: LengthStatistics, options: CostOptions = {}): CostEstimate[] {
  const { epochs = 1, prices = trainingPrices } = options;
  const answers = lengths.preferred.sum + lengths.nonPreferred.sum;
  const tokens = {
    low: epochs * (lengths.prompt.sum + answers),
    high: epochs * (2 * lengths.prompt.sum + answers),
  };
  return prices.map((price) => ({
    ...price,
    tokens,
    usd: {
      low: (tokens.low * price.usdPerMillionTokens) / 1e6,
      high: (tokens.high * price.usdPerMillionTokens) / 1e6,
    },
  }));
}
