import { DataError } from "@dpo-kit/schema";
import { formatHubAddress, type HubAddress } from "./hub-address.ts";

/**
 * Runs a call of `@huggingface/hub`. Where an answer is none that the Hub gives, such as the page of a portal to sign in
 * to, the client breaks with an error of the language.
 *
 * @throws IO_DOWNLOAD_FAILED in place of such an error; all others as they are
 */
export async function understoodAnswer<T>(address: HubAddress, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof TypeError)) {
      throw error;
    }
    const name = formatHubAddress(address);
    throw new DataError("IO_DOWNLOAD_FAILED", {
      message: `${name}: what was answered is not what the Hub answers`,
      hint: "Check that no proxy or page to sign in to stands in between, and HF_ENDPOINT if it is set.",
      location: { source: name },
      cause: error,
    });
  }
}
