import { DataError } from "@dpo-kit/schema";
import { type ProviderId, providerTitles } from "../provider-id.ts";
import type { ProviderOptions } from "../provider-options.ts";

/** Environment variables, as `process.env` holds them. */
export type TuneEnvironment = Readonly<Record<string, string | undefined>>;

const keyNames: Readonly<Record<ProviderId, string>> = {
  openai: "OPENAI_API_KEY",
  azure: "AZURE_OPENAI_API_KEY",
  together: "TOGETHER_API_KEY",
  fireworks: "FIREWORKS_API_KEY",
  compatible: "OPENAI_API_KEY",
};

/**
 * How a provider is reached as the environment says: `OPENAI_API_KEY`; `AZURE_OPENAI_API_KEY`,
 * `AZURE_OPENAI_ENDPOINT` and `AZURE_OPENAI_API_VERSION` (or `OPENAI_API_VERSION`); `TOGETHER_API_KEY`;
 * `FIREWORKS_API_KEY` and `FIREWORKS_ACCOUNT_ID`.
 *
 * @throws TUNE_KEY_MISSING
 */
export function readProviderEnvironment(
  id: ProviderId,
  environment: TuneEnvironment = process.env,
): ProviderOptions {
  const key = filled(environment[keyNames[id]]);
  const endpoint = id === "azure" ? filled(environment.AZURE_OPENAI_ENDPOINT) : undefined;
  const version = filled(environment.AZURE_OPENAI_API_VERSION) ?? filled(environment.OPENAI_API_VERSION);
  const account = id === "fireworks" ? filled(environment.FIREWORKS_ACCOUNT_ID) : undefined;
  if (key === undefined) {
    throw new DataError("TUNE_KEY_MISSING", {
      message: `There is no key for ${providerTitles[id]}: ${keyNames[id]} is not set`,
      hint: `Set ${keyNames[id]} to your key.`,
    });
  }
  return {
    key,
    ...(endpoint === undefined ? {} : { baseUrl: endpoint }),
    ...(id === "azure" && version !== undefined ? { apiVersion: version } : {}),
    ...(account === undefined ? {} : { account }),
  };
}

function filled(text: string | undefined): string | undefined {
  const trimmed = text?.trim();
  return trimmed === "" ? undefined : trimmed;
}
