import { DataError } from "@dpo-kit/schema";
import type { CommitProgressEvent } from "@huggingface/hub";
import { isOwnCard } from "./card-mark.ts";
import { clientFetch } from "./client-fetch.ts";
import { type DatasetCard, formatDatasetCard } from "./format-dataset-card.ts";
import { formatHubAddress, type HubAddress } from "./hub-address.ts";
import { datasetPage, type HubConnection, openHub } from "./hub-connection.ts";
import type { HubOptions } from "./hub-options.ts";
import { findPath } from "./list-dataset-files.ts";
import { type PushFile, pushTarget, splitsOf } from "./push-plan.ts";
import { readCard } from "./read-card.ts";
import { resolveCommit } from "./resolve-commit.ts";

/** How files are pushed. */
export interface PushOptions extends HubOptions {
  /** `owner/name`, or `hf://datasets/owner/name[@branch]`. */
  repo: string;
  card: DatasetCard;
  /** The title of the commit. Default: `Add preference pairs with dpo-kit`. */
  message?: string;
  /** The branch. Default: `main`. */
  revision?: string;
  /** The commit that must still be the branch's head. Default: whatever is its head when the push begins. */
  expectedParent?: string;
  /** Makes the dataset, public or private, where it is not there and no parent is expected. Default: it must be there. */
  create?: "public" | "private";
  /** Whether a card that dpo-kit did not write, or that was changed since, may be replaced. Default: false. */
  replaceCard?: boolean;
  signal?: AbortSignal;
  onProgress?: (progress: PushProgress) => void;
}

/** How far a push is. */
export type PushProgress =
  | { kind: "phase"; phase: "checking" | "uploading" | "committing" }
  | {
      kind: "file";
      path: string;
      state: "hashing" | "uploading";
      /** From 0 to 1. */
      progress: number;
    };

/** What a push did. */
export interface PushResult {
  /** The commit that was made. */
  commit: string;
  /** The commit before it. */
  parent: string;
  /** The page of the dataset. */
  page: string;
  /** What became of README.md; `replaced` is said of a card that dpo-kit did not write. */
  card: "created" | "updated" | "replaced";
}

/**
 * Pushes the files of splits, with a dataset card that names them, in one commit: all of it is there, or nothing.
 * Files that are there under other paths stay; the card does not list them.
 *
 * @throws HUB_DIVERGED where the head is not the expected parent, or moves meanwhile.
 * @throws HUB_CARD_FOREIGN where the card there was written by someone else.
 * @throws HUB_ADDRESS_INVALID HUB_NO_DATA_FILES HUB_SPLIT_NAME_INVALID HUB_FILE_NAME_INVALID HUB_ENDPOINT_INVALID
 * HUB_TOKEN_INVALID HUB_PUSH_FAILED IO_NOT_FOUND IO_NOT_AUTHORISED IO_DOWNLOAD_FAILED; the signal's reason on abort.
 */
export async function pushDataset(files: readonly PushFile[], options: PushOptions): Promise<PushResult> {
  const splits = splitsOf(files);
  const address = pushTarget(options.repo, options.revision);
  const hub = openHub(options);
  const push: Push = { hub, address, options };
  checkToken(push);
  options.signal?.throwIfAborted();
  options.onProgress?.({ kind: "phase", phase: "checking" });
  const repository = `${address.owner}/${address.name}`;
  const text = await formatDatasetCard({ card: options.card, splits, repository });
  const parent = await headOf(push);
  const card = await checkCard(push, parent);
  const readme = { path: "README.md", content: new Blob([text]) };
  const commit = await commitFiles(push, [...files, readme], parent);
  return { commit, parent, page: datasetPage(hub, address), card };
}

interface Push {
  readonly hub: HubConnection;
  readonly address: HubAddress & { revision: string };
  readonly options: PushOptions;
}

function checkToken({ hub, address }: Push): void {
  if (!hub.hasToken) {
    throw new DataError("IO_NOT_AUTHORISED", {
      message: `${formatHubAddress(address)}: pushing needs a token`,
      hint: `Make a token that may write at ${hub.endpoint}/settings/tokens, and set HF_TOKEN to it. HF_TOKEN is not set.`,
      location: { source: formatHubAddress(address) },
    });
  }
}

async function headOf(push: Push): Promise<string> {
  const { hub, address, options } = push;
  const head = await resolveCommit(hub, address, options.signal).catch(async (error) => {
    // Only its main branch comes with a dataset.
    const isNew = isMissing(error) && address.revision === "main" && options.expectedParent === undefined;
    if (!isNew) {
      throw error;
    }
    if (options.create === undefined) {
      throw withCreateHint(error);
    }
    await createDataset(push, options.create);
    return resolveCommit(hub, address, options.signal);
  });
  const { expectedParent } = options;
  if (expectedParent !== undefined && head !== expectedParent) {
    throw new DataError("HUB_DIVERGED", {
      message: `${formatHubAddress(address)} has changed: its head is ${head}, not ${expectedParent}`,
      location: { source: formatHubAddress(address) },
    });
  }
  return head;
}

function withCreateHint({ message, hint, location }: DataError): DataError {
  const more = "To make it with the push: --create private, or --create public.";
  return new DataError("IO_NOT_FOUND", {
    message,
    hint: `${hint} ${more}`,
    ...(location === undefined ? {} : { location }),
  });
}

function isMissing(error: unknown): error is DataError {
  return DataError.isInstance(error) && error.code === "IO_NOT_FOUND";
}

async function createDataset(
  { hub, address, options }: Push,
  visibility: "public" | "private",
): Promise<void> {
  const { createRepo } = await import("@huggingface/hub");
  await createRepo({
    repo: { type: "dataset", name: `${address.owner}/${address.name}` },
    visibility,
    hubUrl: hub.endpoint,
    // `fetch` adds the token.
    accessToken: "",
    fetch: clientFetch({ hub, address, failure: "HUB_PUSH_FAILED" }, options.signal),
  });
}

async function checkCard({ hub, address, options }: Push, head: string): Promise<PushResult["card"]> {
  const readme = { ...address, revision: head, path: "README.md" };
  const found = await findPath(hub, readme, options.signal);
  if (found === undefined || found === "folder") {
    return "created";
  }
  if (isOwnCard(await readCard({ hub, address: readme, size: found.size }, options.signal))) {
    return "updated";
  }
  if (options.replaceCard !== true) {
    throw new DataError("HUB_CARD_FOREIGN", {
      message: `${formatHubAddress(address)} has a card (README.md) that dpo-kit did not write, or that was changed since`,
      location: { source: formatHubAddress(address) },
    });
  }
  return "replaced";
}

async function commitFiles(
  push: Push,
  files: readonly { path: string; content: Blob }[],
  parentCommit: string,
): Promise<string> {
  const { hub, address, options } = push;
  const { commitIter } = await import("@huggingface/hub");
  const events = commitIter({
    title: options.message ?? "Add preference pairs with dpo-kit",
    repo: { type: "dataset", name: `${address.owner}/${address.name}` },
    branch: address.revision,
    parentCommit,
    operations: files.map(({ path, content }) => ({ operation: "addOrUpdate", path, content })),
    hubUrl: hub.endpoint,
    fetch: clientFetch({ hub, address, failure: "HUB_PUSH_FAILED" }, options.signal),
    // The plain protocol can be tried again and tested; the Hub takes both.
    useXet: false,
    ...(options.signal === undefined ? {} : { abortSignal: options.signal }),
  });
  try {
    let step = await events.next();
    for (; step.done !== true; step = await events.next()) {
      report(options, step.value);
    }
    return step.value!.commit.oid;
  } catch (error) {
    options.signal?.throwIfAborted();
    throw DataError.isInstance(error) ? error : pushFailed(push, error);
  }
}

function report({ onProgress }: PushOptions, event: CommitProgressEvent): void {
  if (event.event === "phase") {
    const phases = {
      preuploading: "checking",
      uploadingLargeFiles: "uploading",
      committing: "committing",
    } as const;
    onProgress?.({ kind: "phase", phase: phases[event.phase] });
  } else if (event.state !== "error") {
    const { path, state, progress } = event;
    onProgress?.({ kind: "file", path, state, progress });
  }
}

/** Addresses of the store are secrets while they hold, so none is shown. */
function pushFailed({ hub, address }: Push, error: unknown): DataError {
  const said = error instanceof Error ? error.message : String(error);
  const what = hub
    .conceal(said)
    .replace(/https?:\/\/\S+/gu, "[address]")
    .slice(0, 200);
  return new DataError("HUB_PUSH_FAILED", {
    message: `${formatHubAddress(address)}: ${what}`,
    location: { source: formatHubAddress(address) },
  });
}
