/** What a provider takes for training a model. */
export interface TrainingPrice {
  readonly provider: string;
  /** The model, or the class of models the price holds for. */
  readonly model: string;
  /** US dollars for a million tokens, in each epoch. */
  readonly usdPerMillionTokens: number;
  /** Where the price was read. */
  readonly source: string;
  /** When it held: a year and month, or a day. */
  readonly asOf: string;
}

const openai = "https://developers.openai.com/api/docs/pricing";
const fireworks = "https://fireworks.ai/pricing";

/**
 * Prices that were published, each with its date; older ones may hold no more. Azure and Together publish theirs by
 * region and by method, where they are to be looked up: https://azure.microsoft.com/pricing/details/azure-openai/,
 * https://www.together.ai/pricing. Any table of the same shape can stand in place of this one.
 */
export const trainingPrices: readonly TrainingPrice[] = [
  { provider: "openai", model: "gpt-4.1", usdPerMillionTokens: 25, source: openai, asOf: "2025-10" },
  { provider: "openai", model: "gpt-4.1-mini", usdPerMillionTokens: 5, source: openai, asOf: "2025-10" },
  { provider: "openai", model: "gpt-4o", usdPerMillionTokens: 25, source: openai, asOf: "2025-06" },
  { provider: "openai", model: "gpt-4o-mini", usdPerMillionTokens: 3, source: openai, asOf: "2025-06" },
  {
    provider: "fireworks",
    model: "up to 16B parameters",
    usdPerMillionTokens: 0.5,
    source: fireworks,
    asOf: "2025-07",
  },
  {
    provider: "fireworks",
    model: "16.1B to 80B parameters",
    usdPerMillionTokens: 3,
    source: fireworks,
    asOf: "2025-07",
  },
];
