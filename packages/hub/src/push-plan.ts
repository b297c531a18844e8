import { DataError } from "@dpo-kit/schema";
import { type CardSplit, checkSplitName } from "./format-dataset-card.ts";
import { type HubAddress, isHubAddress, parseHubAddress } from "./hub-address.ts";

/** A file of a split, to be pushed as it is. */
export interface PushFile {
  /** Where it goes in the dataset: `data/train.jsonl`. */
  path: string;
  split: string;
  content: Blob;
  /** The lines in it. */
  examples: number;
  /** Of its lines, unpacked. Default: the size of the content. */
  exampleBytes?: number;
}

/**
 * Groups files by split, in the order in which splits first appear.
 * @throws HUB_NO_DATA_FILES HUB_SPLIT_NAME_INVALID HUB_FILE_NAME_INVALID
 */
export function splitsOf(files: readonly PushFile[]): CardSplit[] {
  if (files.length === 0) {
    throw new DataError("HUB_NO_DATA_FILES", {
      message: "There is nothing to push",
      hint: "Name at least one file.",
    });
  }
  checkPaths(files);
  const splits = new Map<string, Required<CardSplit>>();
  for (const { split: name, path, content, examples, exampleBytes = content.size } of files) {
    checkSplitName(name);
    const split = splits.get(name) ?? { name, files: [], examples: 0, bytes: 0, exampleBytes: 0 };
    splits.set(name, {
      name,
      files: [...split.files, path],
      examples: split.examples + examples,
      bytes: split.bytes + content.size,
      exampleBytes: split.exampleBytes + exampleBytes,
    });
  }
  return [...splits.values()];
}

function checkPaths(files: readonly PushFile[]): void {
  const seen = new Set<string>();
  for (const { path } of files) {
    const parts = path.split("/");
    const isPlain = !/[\\*?[\]{}\p{Cc}]/u.test(path);
    const isInside = parts.every((part) => part !== "" && part !== "." && part !== ".." && part !== ".git");
    if (!isPlain || !isInside || seen.has(path) || path.toLowerCase() === "readme.md") {
      throw new DataError("HUB_FILE_NAME_INVALID", {
        message: `${JSON.stringify(path.slice(0, 200))} cannot be the path of a file in a dataset${seen.has(path) ? ": it is named twice" : ""}`,
      });
    }
    seen.add(path);
  }
}

/**
 * The dataset and branch that a push goes to.
 * @param text `owner/name`, or an `hf://datasets/…` address without a path.
 * @throws HUB_ADDRESS_INVALID
 */
export function pushTarget(text: string, revision: string | undefined): HubAddress & { revision: string } {
  const address = parseHubAddress(isHubAddress(text) ? text : `hf://datasets/${text}`);
  const { path } = address;
  const differs = address.revision !== undefined && revision !== undefined && address.revision !== revision;
  if (path !== undefined || differs) {
    throw new DataError("HUB_ADDRESS_INVALID", {
      message: path === undefined ? `${text} and the revision ${revision} differ` : `${text} names a path`,
      hint: "A push goes to a dataset and a branch: hf://datasets/OWNER/NAME or hf://datasets/OWNER/NAME@BRANCH",
    });
  }
  return { ...address, revision: revision ?? address.revision ?? "main" };
}
