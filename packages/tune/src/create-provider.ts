import type { FineTuningProvider } from "./fine-tuning-provider.ts";
import type { ProviderId } from "./provider-id.ts";
import type { ProviderOptions } from "./provider-options.ts";

/**
 * Makes a provider. Its client is loaded only here.
 *
 * @throws TUNE_ADDRESS_INVALID TUNE_KEY_MISSING
 */
export async function createFineTuningProvider(
  id: ProviderId,
  options: ProviderOptions,
): Promise<FineTuningProvider> {
  if (id === "together") {
    return (await import("./together/together-provider.ts")).createTogetherProvider(options);
  }
  if (id === "fireworks") {
    return (await import("./fireworks/fireworks-provider.ts")).createFireworksProvider(options);
  }
  return (await import("./openai/openai-provider.ts")).createOpenAiProvider(id, options);
}
