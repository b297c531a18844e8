import type { FineTuningProvider, ServedModel } from "./server-options.ts";

/**
 * The models that OpenAI tunes with DPO, and their ends as announced in November 2026
 * (https://developers.openai.com/api/docs/deprecations).
 */
const openai: readonly ServedModel[] = [
  { id: "gpt-4.1-2025-04-14", shutdownDate: "2027-01-14" },
  { id: "gpt-4.1-mini-2025-04-14", shutdownDate: "2027-01-14" },
  { id: "gpt-4.1-nano-2025-04-14", shutdownDate: "2026-10-23" },
  { id: "gpt-4o-2024-08-06", shutdownDate: "2027-01-14" },
  { id: "gpt-4o-mini-2024-07-18", shutdownDate: "2027-01-14" },
];

/** What a server has where its options name no models; Azure keeps its own calendar. */
const models: Record<FineTuningProvider, readonly ServedModel[]> = {
  openai,
  azure: openai.map(({ id }) => ({ id, shutdownDate: null })),
  together: [
    { id: "meta-llama/Meta-Llama-3.1-8B-Instruct-Reference", shutdownDate: null },
    { id: "Qwen/Qwen3-8B", shutdownDate: null },
  ],
  fireworks: [
    { id: "accounts/fireworks/models/llama-v3p1-8b-instruct", shutdownDate: null },
    { id: "accounts/fireworks/models/qwen3-8b", shutdownDate: null },
  ],
};

/** The models of a provider. */
export function servedModels(provider: FineTuningProvider = "openai"): readonly ServedModel[] {
  return models[provider];
}
