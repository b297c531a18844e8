import { DataError } from "@dpo-kit/schema";
import { clientFetch } from "./client-fetch.ts";
import { type DatasetFile, sortFiles } from "./data-file.ts";
import { formatHubAddress, type HubAddress } from "./hub-address.ts";
import { type HubConnection, openHub } from "./hub-connection.ts";
import type { HubOptions } from "./hub-options.ts";
import { resolveCommit } from "./resolve-commit.ts";
import { understoodAnswer } from "./understood-answer.ts";

/** What a dataset holds at one commit. */
export interface DatasetListing {
  /** The commit that the revision stands for. */
  readonly commit: string;
  /** Sorted by path. */
  readonly files: readonly DatasetFile[];
}

/** A dataset of more files is asked to be read by folders. */
const mostFiles = 200_000;

/**
 * Lists the files of a dataset, or of the folder that the address's path names, with all folders in it.
 *
 * @throws HUB_ADDRESS_INVALID IO_NOT_FOUND IO_NOT_AUTHORISED IO_DOWNLOAD_FAILED
 */
export async function listDatasetFiles(
  address: HubAddress,
  options: HubOptions & { signal?: AbortSignal } = {},
): Promise<DatasetListing> {
  const hub = openHub(options);
  const commit = await resolveCommit(hub, address, options.signal);
  const files = await listFolder(hub, { ...address, revision: commit }, options.signal);
  return { commit, files };
}

/** The files under the address's path, whose revision is a commit. */
export function listFolder(
  hub: HubConnection,
  address: HubAddress,
  signal?: AbortSignal,
): Promise<DatasetFile[]> {
  return understoodAnswer(address, () => filesOf(hub, address, signal));
}

async function filesOf(
  hub: HubConnection,
  address: HubAddress,
  signal?: AbortSignal,
): Promise<DatasetFile[]> {
  const { listFiles } = await import("@huggingface/hub");
  const entries = listFiles({
    ...clientParameters(hub, address, signal),
    recursive: true,
    ...(address.path === undefined ? {} : { path: encodePath(address.path) }),
  });
  const files: DatasetFile[] = [];
  for await (const entry of entries) {
    if (entry.type === "file") {
      files.push(fileOf(entry));
    }
    if (files.length > mostFiles) {
      throw new DataError("IO_DOWNLOAD_FAILED", {
        message: `${formatHubAddress(address)} holds more than ${mostFiles} files`,
        hint: "Name a folder in the address: hf://datasets/OWNER/NAME/FOLDER",
        location: { source: formatHubAddress(address) },
      });
    }
  }
  return sortFiles(files);
}

/** What the address's path is: a file, a folder, or nothing. */
export async function findPath(
  hub: HubConnection,
  address: HubAddress & { path: string },
  signal?: AbortSignal,
): Promise<DatasetFile | "folder" | undefined> {
  const { pathsInfo } = await import("@huggingface/hub");
  const asked = { ...clientParameters(hub, address, signal), paths: [address.path] };
  const [found] = await understoodAnswer(address, () => pathsInfo(asked));
  return found?.type === "file" ? fileOf(found) : found && "folder";
}

/** Of a file in the store the size is that of its content, not that of the pointer in the repository. */
function fileOf(entry: { path: string; size: number; lfs?: { size: number } | undefined }): DatasetFile {
  return { path: entry.path, size: entry.lfs?.size ?? entry.size };
}

interface ClientParameters {
  repo: { type: "dataset"; name: string };
  revision: string;
  hubUrl: string;
  fetch: typeof fetch;
}

function clientParameters(hub: HubConnection, address: HubAddress, signal?: AbortSignal): ClientParameters {
  return {
    repo: { type: "dataset", name: `${address.owner}/${address.name}` },
    revision: address.revision ?? "main",
    hubUrl: hub.endpoint,
    fetch: clientFetch({ hub, address, failure: "IO_DOWNLOAD_FAILED" }, signal),
  };
}

/** A path as part of an address. */
export function encodePath(path: string): string {
  return path.split("/").map(encodeURIComponent).join("/");
}
