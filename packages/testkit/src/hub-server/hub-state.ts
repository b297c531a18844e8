import { createHash } from "node:crypto";
import type { Fault, HubServerOptions, LoggedRequest, ServedDataset } from "./hub-server-options.ts";

/** A dataset with its history. */
export interface Repository extends Omit<ServedDataset, "files" | "branches"> {
  branches: Map<string, string>;
  commits: Map<string, Map<string, Buffer>>;
  /** The titles of the commits that were sent, oldest first. */
  titles: string[];
}

/** Everything that the two servers know. */
export interface State {
  options: HubServerOptions;
  repositories: Map<string, Repository>;
  /** Contents by SHA-256. */
  store: Map<string, Buffer>;
  parts: Map<string, Buffer>;
  log: LoggedRequest[];
  faults: Fault[];
  hubOrigin: string;
  storeOrigin: string;
}

/** The state that the options describe. */
export function createState(options: HubServerOptions): State {
  const repositories = new Map<string, Repository>();
  for (const [name, { files, branches = [], ...access }] of Object.entries(options.datasets)) {
    const repository: Repository = { ...access, branches: new Map(), commits: new Map(), titles: [] };
    const sha = addCommit(repository, "main", buffers(files));
    for (const branch of branches) {
      repository.branches.set(branch, sha);
    }
    repositories.set(name, repository);
  }
  return {
    options,
    repositories,
    store: new Map(),
    parts: new Map(),
    log: [],
    faults: options.faults ?? [],
    hubOrigin: "",
    storeOrigin: "",
  };
}

/** Files as bytes. */
export function buffers(files: Record<string, string | Uint8Array>): Map<string, Buffer> {
  return new Map(Object.entries(files).map(([path, content]) => [path, Buffer.from(content as string)]));
}

/** The files at the head of a branch. */
export function headFiles(repository: Repository, branch: string): Map<string, Buffer> {
  return repository.commits.get(repository.branches.get(branch)!)!;
}

/** Puts a commit of exactly these files on a branch. */
export function addCommit(repository: Repository, branch: string, files: Map<string, Buffer>): string {
  const hash = createHash("sha1").update(repository.branches.get(branch) ?? "");
  for (const [path, content] of files) {
    hash.update(path).update(content);
  }
  const sha = hash.digest("hex");
  repository.commits.set(sha, files);
  repository.branches.set(branch, sha);
  return sha;
}

/** Whether a file of this size is kept in the store, and not in the repository itself. */
export function isStored(state: State, size: number): boolean {
  return size >= (state.options.storedFrom ?? 100);
}

/** The name of a content in the store. */
export function sha256(content: Buffer): string {
  return createHash("sha256").update(content).digest("hex");
}
