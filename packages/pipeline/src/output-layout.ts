import { DataError } from "@dpo-kit/schema";

/** How the lines of an output are compressed. */
export type OutputCompression = "none" | "gzip" | "zstd";

/** Where everything of a run goes. Paths are as the user gave them, with `/` between folder and name. */
export interface OutputLayout {
  readonly kind: "file" | "folder" | "stdout";
  readonly compression: OutputCompression;
  /** The canonical lines; absent on standard output. */
  readonly train?: string;
  readonly rejects?: string;
  readonly manifest?: string;
  readonly provenance?: string;
}

/** What decides an output's layout. */
export interface OutputLayoutOptions {
  /** What was given with `-o`. */
  readonly output: string;
  /** Whether that is a folder that is already there. */
  readonly isFolder: boolean;
  readonly rejects?: string;
  readonly manifest?: string;
  readonly provenance?: boolean;
}

const lineFile = /^(.*)\.jsonl(\.gz|\.zst)?$/su;

/**
 * Where the outputs of a run go. `-o X` is a folder if it ends in `/`, is one, or has no `.jsonl[.gz|.zst]`
 * ending; `-` is standard output, which has no side files unless they are named.
 *
 * @throws RUN_OPTION_INVALID when two outputs would be the same file.
 */
export function outputLayout(options: OutputLayoutOptions): OutputLayout {
  const layout = chooseLayout(options);
  const paths = [layout.train, layout.rejects, layout.manifest, layout.provenance].filter(
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
  const { output, isFolder } = options;
  const named = {
    ...(options.rejects === undefined ? {} : { rejects: options.rejects }),
    ...(options.manifest === undefined ? {} : { manifest: options.manifest }),
  };
  if (output === "-") {
    return { kind: "stdout", compression: "none", ...named };
  }
  const match = lineFile.exec(output);
  if (match === null || isFolder || /[/\\]$/u.test(output)) {
    const folder = output.replace(/[/\\]+$/u, "") || "/";
    return {
      kind: "folder",
      compression: "none",
      ...sideFiles(`${folder}/`, options),
      ...named,
      train: `${folder}/train.jsonl`,
    };
  }
  const compression = match[2] === ".gz" ? "gzip" : match[2] === ".zst" ? "zstd" : "none";
  return { kind: "file", compression, ...sideFiles(`${match[1]}.`, options), ...named, train: output };
}

function sideFiles(prefix: string, options: OutputLayoutOptions): Partial<OutputLayout> {
  return {
    rejects: `${prefix}rejects.jsonl`,
    manifest: `${prefix}manifest.json`,
    ...(options.provenance === true ? { provenance: `${prefix}provenance.jsonl` } : {}),
  };
}
