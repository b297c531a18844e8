import { readFile, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { DataError, type JsonValue } from "@dpo-kit/schema";
import { readArrow } from "../read-arrow.ts";
import type { Row } from "../row.ts";
import { fileError, hasErrorCode } from "./file-error.ts";
import { readFileChunks } from "./read-file-chunks.ts";

/** One split of a dataset that the Hugging Face `datasets` library saved with `save_to_disk`. */
export interface DatasetSplit {
  /** Its name; empty where the folder holds a single dataset. */
  name: string;
  /** The paths of its Arrow files, in order. */
  files: readonly string[];
  /** The features of `dataset_info.json`. */
  features?: JsonValue;
}

/** A folder that `save_to_disk` wrote. */
export interface DatasetFolder {
  splits: readonly DatasetSplit[];
}

/**
 * Finds out what a folder of `save_to_disk` holds: a dataset (`state.json`), or several splits
 * (`dataset_dict.json`). Undefined where it is no such folder.
 *
 * @throws IO_UNREADABLE IO_UNSUPPORTED_FORMAT
 */
export async function datasetFolder(path: string): Promise<DatasetFolder | undefined> {
  const dictionary = (await readJson(join(path, "dataset_dict.json"))) as { splits?: unknown } | undefined;
  if (dictionary === undefined) {
    const split = await readSplit(path, "");
    return split === undefined ? undefined : { splits: [split] };
  }
  const names = Array.isArray(dictionary.splits)
    ? dictionary.splits.map((name) => plainName(name, path))
    : [];
  const splits = await Promise.all(names.map((name) => readSplit(join(path, name), name)));
  return { splits: splits.filter((split) => split !== undefined) };
}

/** How a folder is read. */
export interface ReadDatasetFolderOptions {
  /** Which split. Default: all, in order. */
  split?: string;
  /** The top-level columns to give, by name. Default: all. */
  columns?: readonly string[];
  signal?: AbortSignal;
}

/**
 * Reads the rows of a folder that `save_to_disk` wrote. The source of a row is its file, and its ordinal its place
 * there.
 *
 * @throws IO_UNREADABLE IO_UNSUPPORTED_FORMAT IO_NOT_FOUND IO_ARROW_DAMAGED IO_COLUMN_UNKNOWN
 */
export async function* readDatasetFolder(
  path: string,
  options: ReadDatasetFolderOptions = {},
): AsyncGenerator<Row, void, undefined> {
  const { split, columns, signal } = options;
  const folder = await datasetFolder(path);
  const splits = folder?.splits.filter(({ name }) => split === undefined || name === split) ?? [];
  if (splits.length === 0) {
    throw new DataError("IO_NOT_FOUND", {
      message:
        folder === undefined ? `${path} is no folder of save_to_disk` : `${path} has no split ${split}`,
      location: { source: path },
      hint: `Its splits: ${folder?.splits.map(({ name }) => name).join(", ") ?? "none"}`,
    });
  }
  for (const source of splits.flatMap(({ files }) => files)) {
    const chunks = readFileChunks(source, signal === undefined ? {} : { signal });
    for await (const row of readArrow(chunks, { source, ...(columns === undefined ? {} : { columns }) })) {
      const { ordinal, ...rest } = row;
      yield { ...rest, at: { source, ordinal } };
    }
  }
}

async function readSplit(path: string, name: string): Promise<DatasetSplit | undefined> {
  const state = (await readJson(join(path, "state.json"))) as State | undefined;
  if (!Array.isArray(state?._data_files)) {
    return undefined;
  }
  if (Array.isArray(state._indices_data_files) && state._indices_data_files.length > 0) {
    throw new DataError("IO_UNSUPPORTED_FORMAT", {
      message: "The dataset was saved with a selection of its rows beside it",
      location: { source: path },
      hint: "Save it again after dataset.flatten_indices().",
    });
  }
  const info = (await readJson(join(path, "dataset_info.json"))) as { features?: JsonValue } | undefined;
  const files = state._data_files.map((file) => join(path, plainName(file?.filename, path)));
  return { name, files, ...(info?.features === undefined ? {} : { features: info.features }) };
}

interface State {
  _data_files?: ({ filename?: unknown } | null)[];
  _indices_data_files?: unknown;
}

/** A name in the folder itself: what stands in a file must not lead out of it. */
function plainName(name: unknown, path: string): string {
  if (typeof name !== "string" || name === "" || name !== basename(name) || /^\.\.?$|[\\\0]/u.test(name)) {
    throw new DataError("IO_UNSUPPORTED_FORMAT", {
      message: "The dataset's state names a file outside of its folder",
      location: { source: path },
      hint: "Save the dataset again with save_to_disk.",
    });
  }
  return name;
}

/** More than any real file of this kind. */
const largestJson = 1 << 26;

async function readJson(path: string): Promise<unknown> {
  try {
    if ((await stat(path)).size > largestJson) {
      return undefined;
    }
    return JSON.parse(await readFile(path, "utf8"));
  } catch (error) {
    if (error instanceof SyntaxError || hasErrorCode(error, "ENOENT", "ENOTDIR")) {
      return undefined;
    }
    throw fileError("IO_UNREADABLE", path, error);
  }
}
