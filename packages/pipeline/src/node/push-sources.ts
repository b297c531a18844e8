import { basename, dirname, join } from "node:path";
import { splitOfPath } from "@dpo-kit/hub";
import type { InputSource } from "@dpo-kit/io";
import { DataError } from "@dpo-kit/schema";
import { shellWord } from "../options/shell-word.ts";
import type { PushRequest } from "../push-request.ts";
import type { RunManifest } from "../run-manifest.ts";
import { findSources } from "./find-sources.ts";
import { isRunFolder, readManifest, readRunFolder } from "./run-folder.ts";

/** A file that is to be pushed. */
export interface PushSource {
  readonly input: InputSource;
  readonly split: string;
  /** Of the run that wrote it, where it lies beside the file and fits it. */
  readonly manifest?: RunManifest;
}

/** A file whose split may not be known yet. */
type FoundFile = Omit<PushSource, "split"> & { readonly split: string | undefined };

/**
 * The files that a push names, in order: files and patterns as they are, of the folder of a finished run its splits.
 *
 * @throws RUN_FOLDER_INCOMPLETE HUB_SPLIT_UNCLEAR RUN_OPTION_INVALID IO_NOT_FOUND IO_UNREADABLE
 */
export async function findPushSources(request: PushRequest): Promise<PushSource[]> {
  const found: FoundFile[] = [];
  for (const input of request.inputs) {
    found.push(...((await isRunFolder(input)) ? await filesOfRun(input) : await namedFiles(input)));
  }
  return withSplits(found, request);
}

async function namedFiles(input: string): Promise<FoundFile[]> {
  if (input === "-" || /^[a-z][a-z\d+.-]+:\/\//iu.test(input)) {
    throw new DataError("RUN_OPTION_INVALID", {
      message: `${input} cannot be pushed: only files on this machine are`,
      hint: "Convert it to files first: dpo convert <input> -o out/ && dpo push out/ hf://datasets/OWNER/NAME",
    });
  }
  const files = await findSources({ inputs: [input] }, {});
  return Promise.all(
    files.map(async (file): Promise<FoundFile> => {
      const manifest = await manifestBeside(file);
      const { split } = splitOfPath(file.baseName);
      return { input: file, split, ...(manifest === undefined ? {} : { manifest }) };
    }),
  );
}

/** The manifest of the run that wrote a file, if the file is still as long as the run left it. */
async function manifestBeside({ name, size }: InputSource): Promise<RunManifest | undefined> {
  const file = basename(name);
  const stem = file.replace(/\.jsonl(?:\.gz|\.zst)?$/u, "");
  for (const candidate of [`${stem}.manifest.json`, "manifest.json"]) {
    const manifest = await readManifest(join(dirname(name), candidate));
    if (manifest?.outputs.some((output) => output.name === file && output.bytes === size) === true) {
      return manifest;
    }
  }
  return undefined;
}

async function filesOfRun(folder: string): Promise<FoundFile[]> {
  const { files, manifest } = await readRunFolder(folder);
  return Promise.all(
    files.map(async ({ path, kind }): Promise<FoundFile> => {
      const [input] = await findSources({ inputs: [path] }, {});
      return { input: input!, split: splitOfPath(path).split ?? kind, manifest };
    }),
  );
}

/** A file alone is what the Hub takes it for where nothing in a dataset names a split: the training data. */
function withSplits(files: readonly FoundFile[], { hubSplit, inputs }: PushRequest): PushSource[] {
  const named = new Set(files.map(({ split }) => split));
  if (hubSplit !== undefined && named.size > 1) {
    throw new DataError("RUN_OPTION_INVALID", {
      message: `--hub-split ${hubSplit} names one split, and the files belong to ${[...named].map((split) => split ?? "none").join(", ")}`,
      hint: "Leave --hub-split out, or push the files one by one.",
    });
  }
  const fallback = files.length === 1 ? "train" : undefined;
  return files.map(({ split: told, ...file }) => {
    const split = hubSplit ?? told ?? fallback;
    if (split === undefined) {
      throw splitUnclear(file.input.name, inputs);
    }
    return { ...file, split };
  });
}

function splitUnclear(name: string, inputs: readonly string[]): DataError {
  return new DataError("HUB_SPLIT_UNCLEAR", {
    message: `The name of ${name} does not tell which split it belongs to`,
    location: { source: name },
    hint: `Name it train.jsonl, validation.jsonl or test.jsonl (shards train-00000-of-00004.jsonl), or say it for all files: dpo push ${inputs.map(shellWord).join(" ")} hf://datasets/OWNER/NAME --hub-split train`,
  });
}
