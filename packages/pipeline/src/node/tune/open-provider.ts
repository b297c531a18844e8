import {
  createFineTuningProvider,
  type FineTuningProvider,
  type ProviderId,
  type TuneContext,
} from "@dpo-kit/tune";
import { createFileStateStore, readProviderEnvironment } from "@dpo-kit/tune/node";
import type { TunePlace, TuneRunEnvironment } from "../../tune/tune-request.ts";

/**
 * The provider that is meant: with a base URL and no other name, any server that speaks OpenAI's protocol. OpenAI's
 * own addresses, those of its regions too, are OpenAI: what has ended there is refused.
 */
export function providerOf({ provider = "openai", baseUrl }: TunePlace): ProviderId {
  return provider === "openai" && baseUrl !== undefined && !isOpenAi(baseUrl) ? "compatible" : provider;
}

/** https://platform.openai.com/docs/guides/your-data: `eu.api.openai.com` and others. */
function isOpenAi(address: string): boolean {
  return URL.canParse(address) && /(?:^|\.)api\.openai\.com$/u.test(new URL(address).hostname);
}

/**
 * Opens the provider with the key of the environment.
 *
 * @param canPretend a dry run sends nothing, and needs no key.
 * @throws TUNE_KEY_MISSING TUNE_ADDRESS_INVALID
 */
export function openProvider(
  place: TunePlace,
  environment: Pick<TuneRunEnvironment, "variables" | "signal">,
  { canPretend = false }: { canPretend?: boolean } = {},
): Promise<FineTuningProvider> {
  const id = providerOf(place);
  const { signal, variables = process.env } = environment;
  const pretended = canPretend ? pretendedKeys : {};
  const options = readProviderEnvironment(id, { ...pretended, ...withoutEmpty(variables) });
  return createFineTuningProvider(id, {
    ...options,
    ...(place.baseUrl === undefined ? {} : { baseUrl: place.baseUrl }),
    ...(signal === undefined ? {} : { signal }),
  });
}

const pretendedKeys = {
  OPENAI_API_KEY: "none",
  AZURE_OPENAI_API_KEY: "none",
  AZURE_OPENAI_ENDPOINT: "https://resource.openai.azure.com",
  TOGETHER_API_KEY: "none",
  FIREWORKS_API_KEY: "none",
  FIREWORKS_ACCOUNT_ID: "account",
};

function withoutEmpty(variables: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const filled = Object.entries(variables).filter(([, value]) => value !== undefined && value !== "");
  return Object.fromEntries(filled) as Record<string, string>;
}

/** What uploads, jobs and watching work with. */
export function tuneContext(
  provider: FineTuningProvider,
  { state, pollInterval }: TunePlace & { readonly state: string },
  { signal, onTune }: TuneRunEnvironment,
): TuneContext {
  return {
    provider,
    store: createFileStateStore(state),
    ...(pollInterval === undefined ? {} : { pollInterval: pollInterval * 1000 }),
    ...(signal === undefined ? {} : { signal }),
    ...(onTune === undefined ? {} : { onProgress: onTune }),
  };
}

/** `train.jsonl` to `train.tune.json`. */
export function statePath(training: string): string {
  return `${training.replace(/\.jsonl$/u, "")}.tune.json`;
}
