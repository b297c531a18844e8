import { type HubServer, type ProcessResult, temporaryFolder } from "@dpo-kit/testkit";
import { expect } from "vitest";
import { runDpo } from "./run-dpo.ts";

/** A token that a test's server takes. It must be seen nowhere. */
export const goodToken = "hf_good";

/** How a command is run against a loopback Hub. */
export interface HubRunOptions {
  cwd: string;
  /** Default: {@link goodToken}. */
  token?: string | undefined;
  env?: Record<string, string | undefined>;
}

/** Runs `dpo` with a loopback server as the Hub, and nothing of this machine's own settings. No token is ever shown. */
export async function runWithHub(
  { endpoint }: Pick<HubServer, "endpoint">,
  words: readonly string[],
  options: HubRunOptions,
): Promise<ProcessResult> {
  const token = "token" in options ? options.token : goodToken;
  const result = await runDpo(words, {
    cwd: options.cwd,
    env: {
      HF_ENDPOINT: endpoint,
      HF_TOKEN: token,
      HUGGING_FACE_HUB_TOKEN: undefined,
      HF_TOKEN_PATH: undefined,
      HF_HOME: await temporaryFolder(),
      ...options.env,
    },
  });
  expect(result.stdout + result.stderr).not.toMatch(/hf_[a-z]+/u);
  return result;
}
