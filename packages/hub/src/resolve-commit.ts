import { DataError } from "@dpo-kit/schema";
import { clientFetch } from "./client-fetch.ts";
import { formatHubAddress, type HubAddress } from "./hub-address.ts";
import type { HubConnection } from "./hub-connection.ts";
import { understoodAnswer } from "./understood-answer.ts";

/** The commit that a revision of a dataset stands for now. */
export async function resolveCommit(
  hub: HubConnection,
  address: HubAddress,
  signal?: AbortSignal,
): Promise<string> {
  const { datasetInfo } = await import("@huggingface/hub");
  const info = await understoodAnswer(address, () =>
    datasetInfo({
      name: `${address.owner}/${address.name}`,
      additionalFields: ["sha"],
      revision: address.revision ?? "main",
      hubUrl: hub.endpoint,
      fetch: clientFetch({ hub, address, failure: "IO_DOWNLOAD_FAILED" }, signal),
    }),
  );
  const { sha } = info as { sha?: unknown };
  if (typeof sha !== "string" || !/^[0-9a-f]{40,64}$/u.test(sha)) {
    throw new DataError("IO_DOWNLOAD_FAILED", {
      message: `${formatHubAddress(address)}: the Hub did not say which commit it is`,
      location: { source: formatHubAddress(address) },
    });
  }
  return sha;
}
