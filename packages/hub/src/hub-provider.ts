import type { SourceProvider } from "@dpo-kit/io";
import { DataError } from "@dpo-kit/schema";
import { type CardConfig, readCardConfigs } from "./card-configs.ts";
import { chooseFiles, type FileChoice, type PartOptions } from "./choose-files.ts";
import { type DatasetFile, formatRank } from "./data-file.ts";
import { compileGlob, folderOfPattern, isGlobPattern } from "./glob-pattern.ts";
import { formatHubAddress, type HubAddress, isHubAddress, parseHubAddress } from "./hub-address.ts";
import { type HubConnection, openHub } from "./hub-connection.ts";
import type { HubOptions } from "./hub-options.ts";
import { type HubSource, hubSource } from "./hub-source.ts";
import { findPath, listFolder } from "./list-dataset-files.ts";
import { readCard } from "./read-card.ts";
import { resolveCommit } from "./resolve-commit.ts";

/** What addresses of the Hub are read with. */
export interface HubProviderOptions extends HubOptions, PartOptions {
  /** Told which files were chosen of a dataset or folder, and which were passed over. */
  onChoice?: (address: string, choice: FileChoice) => void;
}

/** {@link createHubProvider} gives sources of which any part can be read. */
export interface HubProvider extends SourceProvider {
  readonly scheme: "hf";
  /**
   * Finds the files of a dataset, folder or pattern, or the file that is named, at the commit that the revision
   * stands for now.
   *
   * @throws HUB_ADDRESS_INVALID HUB_ENDPOINT_INVALID HUB_TOKEN_INVALID HUB_CARD_INVALID HUB_CHOICE_NEEDED
   * HUB_CHOICE_UNKNOWN HUB_NO_DATA_FILES IO_NOT_FOUND IO_NOT_AUTHORISED IO_DOWNLOAD_FAILED
   */
  resolve(address: string, options?: { signal?: AbortSignal }): Promise<HubSource[]>;
}

/** Of the beginnings of files, for reading them a second time. In bytes. */
const mostRemembered = 32 * 2 ** 20;

/**
 * Makes the provider of `hf://datasets/…` addresses. A file or pattern is taken as it is named. Of a dataset the
 * card says which files belong to which split, else their names do; of a folder their names do.
 */
export function createHubProvider(options: HubProviderOptions = {}): HubProvider {
  const room = { bytes: mostRemembered };
  return {
    scheme: "hf",
    claims: isHubAddress,
    async resolve(text, { signal } = {}) {
      const address = parseHubAddress(text);
      const hub = openHub(options);
      const revision = await resolveCommit(hub, address, signal);
      const task: Task = { hub, given: address, address: { ...address, revision }, options, signal };
      const files = await findFiles(task);
      return files.map(({ path, size }) =>
        hubSource({ hub, address: { ...task.address, path }, size }, { room, signal }),
      );
    },
  };
}

interface Task {
  readonly hub: HubConnection;
  /** As the user wrote it. */
  readonly given: HubAddress;
  readonly address: HubAddress & { revision: string };
  readonly options: HubProviderOptions;
  readonly signal: AbortSignal | undefined;
}

async function findFiles(task: Task): Promise<readonly DatasetFile[]> {
  const { hub, address, signal } = task;
  const { path } = address;
  if (path === undefined) {
    return filesOfDataset(task);
  }
  const found = await findPath(hub, { ...address, path }, signal);
  if (found === undefined) {
    return isGlobPattern(path) ? filesOfPattern(task, path) : notThere(task);
  }
  return found === "folder" ? filesOfFolder(task, path) : [found];
}

async function filesOfDataset(task: Task): Promise<readonly DatasetFile[]> {
  const { hub, address, signal } = task;
  const files = await listFolder(hub, address, signal);
  const card = files.find(({ path }) => path === "README.md");
  const text = card === undefined ? "" : await readCard({ hub, address, size: card.size }, signal);
  return choose(task, files, await readCardConfigs(text));
}

/** Inside a folder its own path says nothing of the splits. */
async function filesOfFolder(task: Task, folder: string): Promise<readonly DatasetFile[]> {
  const files = await listFolder(task.hub, task.address, task.signal);
  const inner = files.map((file) => ({ path: file.path.slice(folder.length + 1), size: file.size }));
  const chosen = choose(task, inner, []);
  return chosen.map(({ path, size }) => ({ path: `${folder}/${path}`, size }));
}

async function filesOfPattern(task: Task, pattern: string): Promise<readonly DatasetFile[]> {
  const folder = folderOfPattern(pattern);
  const { path: _, ...dataset } = task.address;
  const files = await listFolder(
    task.hub,
    { ...dataset, ...(folder === "" ? {} : { path: folder }) },
    task.signal,
  );
  const fits = compileGlob(pattern);
  const found = files.filter(({ path }) => fits(path) && formatRank(path) !== undefined);
  if (found.length === 0) {
    return notThere(task);
  }
  // A pattern means all that fit it, unless a split of them is asked for.
  const { config, hubSplit } = task.options;
  return config === undefined && hubSplit === undefined ? found : choose(task, found, []);
}

function choose(
  task: Task,
  files: readonly DatasetFile[],
  configs: readonly CardConfig[],
): readonly DatasetFile[] {
  const choice = chooseFiles({ files, configs, address: task.given }, task.options);
  task.options.onChoice?.(formatHubAddress(task.given), choice);
  return choice.files;
}

function notThere({ given, hub }: Task): never {
  const name = formatHubAddress(given);
  throw new DataError("IO_NOT_FOUND", {
    message: `Nothing in the dataset fits ${name}`,
    hint: `See what is there: ${hub.endpoint}/datasets/${given.owner}/${given.name}/tree/${encodeURI(given.revision ?? "main")}`,
    location: { source: name },
  });
}
