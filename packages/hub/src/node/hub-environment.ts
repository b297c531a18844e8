import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import type { HubOptions } from "../hub-options.ts";

/**
 * The endpoint and token that the environment gives, as Hugging Face's own tools read them: `HF_ENDPOINT`; the token
 * of `HF_TOKEN` (or `HUGGING_FACE_HUB_TOKEN`), else of the file `HF_TOKEN_PATH`, else of `token` in `HF_HOME`, which
 * is `huggingface` in `XDG_CACHE_HOME`, which is `~/.cache`.
 * (https://huggingface.co/docs/huggingface_hub/package_reference/environment_variables)
 *
 * @param environment default: that of the process.
 */
export async function readHubEnvironment(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Promise<Pick<HubOptions, "endpoint" | "token">> {
  const endpoint = filled(environment.HF_ENDPOINT);
  const token =
    filled(environment.HF_TOKEN) ??
    filled(environment.HUGGING_FACE_HUB_TOKEN) ??
    filled(await readFile(tokenPath(environment), "utf8").catch(() => undefined));
  return {
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(token === undefined ? {} : { token }),
  };
}

function tokenPath(environment: Readonly<Record<string, string | undefined>>): string {
  const home = filled(environment.HOME) ?? homedir();
  const cache = filled(environment.XDG_CACHE_HOME) ?? join(home, ".cache");
  const hubHome = filled(environment.HF_HOME) ?? join(cache, "huggingface");
  return filled(environment.HF_TOKEN_PATH) ?? join(hubHome, "token");
}

function filled(text: string | undefined): string | undefined {
  const trimmed = text?.trim();
  return trimmed === "" ? undefined : trimmed;
}
