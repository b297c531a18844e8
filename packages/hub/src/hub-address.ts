import { DataError } from "@dpo-kit/schema";

/** A dataset on the Hub. */
export interface HubDataset {
  readonly owner: string;
  readonly name: string;
}

/** What an `hf://datasets/…` address names. */
export interface HubAddress extends HubDataset {
  /** A branch, tag, commit or reference such as `refs/convert/parquet`. Default: the main branch. */
  readonly revision?: string;
  /** A file, folder or pattern; missing where the whole dataset is meant. */
  readonly path?: string;
}

const syntax = /^hf:\/\/datasets\/([^/@]+)\/([^/@]+)(?:@(refs\/[^/]+\/[^/]+|[^/]+))?(?:\/(.*))?$/isu;
const namePattern = /^\w[\w.-]{0,95}$/u;

/** Whether a text is meant as an address of the Hub. */
export function isHubAddress(text: string): boolean {
  return /^hf:/iu.test(text);
}

/**
 * Reads `hf://datasets/<owner>/<name>[@revision][/path or glob]`. A revision with slashes is written with `%2F`,
 * save for `refs/…/…` (https://huggingface.co/docs/huggingface_hub/guides/hf_file_system). The path is taken as it
 * is written.
 *
 * @throws HUB_ADDRESS_INVALID
 */
export function parseHubAddress(address: string): HubAddress {
  const [, owner, name, revisionText, pathText] = syntax.exec(address) ?? [];
  if (owner === undefined || name === undefined || !namePattern.test(owner) || !namePattern.test(name)) {
    throw invalid(address, "it does not name an owner and a dataset");
  }
  const revision = revisionText === undefined ? undefined : decoded(address, revisionText);
  const path = pathText?.replace(/^\/+|\/+$/gu, "") ?? "";
  if (/\p{Cc}/u.test(path) || path.split("/").some((part) => part === "." || part === "..")) {
    throw invalid(address, "its path is not one inside the dataset");
  }
  return {
    owner,
    name,
    ...(revision === undefined ? {} : { revision }),
    ...(path === "" ? {} : { path }),
  };
}

/** The address of a dataset, or of a part of it, as `parseHubAddress` reads it. */
export function formatHubAddress({ owner, name, revision, path }: HubAddress): string {
  const at = revision === undefined ? "" : `@${escapeRevision(revision)}`;
  return `hf://datasets/${owner}/${name}${at}${path === undefined ? "" : `/${path}`}`;
}

function escapeRevision(revision: string): string {
  return /^refs\/[^/]+\/[^/]+$/u.test(revision) ? revision : revision.replaceAll("/", "%2F");
}

function decoded(address: string, text: string): string {
  const revision = safeDecode(text);
  // https://git-scm.com/docs/git-check-ref-format
  if (revision === undefined || /[\s\p{Cc}~^:?*[\\]|\.\./u.test(revision)) {
    throw invalid(address, "what follows the @ names no revision");
  }
  return revision;
}

function safeDecode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function invalid(address: string, why: string): DataError {
  return new DataError("HUB_ADDRESS_INVALID", {
    message: `${address.slice(0, 200)} cannot be read: ${why}`,
  });
}
