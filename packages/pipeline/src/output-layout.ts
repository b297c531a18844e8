import { DataError } from "@dpo-kit/schema";
import type { SplitName } from "./options/parse-splits.ts";
import { shellWord } from "./options/shell-word.ts";

/** How the lines of an output are compressed. */
export type OutputCompression = "none" | "gzip" | "zstd";

/** A file of canonical lines. */
export interface LineFile {
  readonly split: SplitName;
  readonly path: string;
}

/** Where everything of a run goes. Paths are as the user gave them, with `/` between folder and name. */
export interface OutputLayout {
  readonly kind: "file" | "folder" | "stdout";
  readonly compression: OutputCompression;
  /** The canonical lines, the files in the order of their numbers; none where they go to standard output. */
  readonly lines: readonly LineFile[];
  readonly rejects?: string;
  /** What reducers took out. */
  readonly removed?: string;
  readonly manifest?: string;
  readonly provenance?: string;
  /** The largest file of lines. Default: any size. */
  readonly shardBytes?: number;
}

/** What decides an output's layout. */
export interface OutputLayoutOptions {
  /** What was given with `-o`. */
  readonly output: string;
  /** Whether that is a folder that is already there. */
  readonly isFolder: boolean;
  /** Into which files lines are split. Default: all go to `train`. */
  readonly splits?: readonly SplitName[];
  readonly rejects?: string;
  readonly removed?: string;
  readonly manifest?: string;
  readonly provenance?: boolean;
  /** The largest file of lines, in bytes. Only a folder holds several. */
  readonly shardBytes?: number | undefined;
}

const lineFile = /^(.*)\.jsonl(\.gz|\.zst)?$/su;

/**
 * Where the outputs of a run go. `-o X` is a folder if it ends in `/`, is one, or has no `.jsonl[.gz|.zst]`
 * ending; `-` is standard output, which has no side files unless they are named. Only a folder takes several
 * files of lines.
 *
 * @throws RUN_OPTION_INVALID when two outputs would be the same file, or several files are to go into one.
 */
export function outputLayout(options: OutputLayoutOptions): OutputLayout {
  const layout = chooseLayout(options);
  const { lines, rejects, removed, manifest, provenance } = layout;
  const paths = [...lines.map(({ path }) => path), rejects, removed, manifest, provenance].filter(
    (path) => path !== undefined,
  );
  const twice = paths.find((path, index) => paths.indexOf(path) !== index);
  if (twice !== undefined) {
    throw new DataError("RUN_OPTION_INVALID", {
      message: `Two outputs would be written to ${twice}`,
      hint: "Give each output a file of its own.",
    });
  }
  return layout;
}

function chooseLayout(options: OutputLayoutOptions): OutputLayout {
  const { output, isFolder, splits = ["train"] } = options;
  const named = {
    ...(options.rejects === undefined ? {} : { rejects: options.rejects }),
    ...(options.removed === undefined ? {} : { removed: options.removed }),
    ...(options.manifest === undefined ? {} : { manifest: options.manifest }),
  };
  const match = lineFile.exec(output);
  const asksForFolder = isFolder || /[/\\]$/u.test(output);
  if (splits.length > 1 && (output === "-" || (match !== null && !asksForFolder))) {
    throw splitNeedsFolder(output, splits);
  }
  if (output === "-") {
    return { kind: "stdout", compression: "none", lines: [], ...named };
  }
  if (match === null || asksForFolder) {
    const folder = output.replace(/[/\\]+$/u, "") || "/";
    return {
      kind: "folder",
      compression: "none",
      ...sideFiles(`${folder}/`, options),
      ...named,
      ...(options.shardBytes === undefined ? {} : { shardBytes: options.shardBytes }),
      lines: splits.map((split) => ({ split, path: `${folder}/${split}.jsonl` })),
    };
  }
  const compression = match[2] === ".gz" ? "gzip" : match[2] === ".zst" ? "zstd" : "none";
  const lines: LineFile[] = [{ split: "train", path: output }];
  return { kind: "file", compression, ...sideFiles(`${match[1]}.`, options), ...named, lines };
}

function splitNeedsFolder(output: string, splits: readonly SplitName[]): DataError {
  const folder = output === "-" ? "out/" : output.replace(lineFile, "$1/");
  return new DataError("RUN_OPTION_INVALID", {
    message: `A split writes ${splits.map((split) => `${split}.jsonl`).join(", ")}, which do not fit into ${output === "-" ? "standard output" : output}`,
    hint: `Name a folder: -o ${shellWord(folder)}`,
  });
}

function sideFiles(prefix: string, options: OutputLayoutOptions): Partial<OutputLayout> {
  return {
    rejects: `${prefix}rejects.jsonl`,
    removed: `${prefix}removed.jsonl`,
    manifest: `${prefix}manifest.json`,
    ...(options.provenance === true ? { provenance: `${prefix}provenance.jsonl` } : {}),
  };
}
