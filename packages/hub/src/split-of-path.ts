import { stemOf } from "./data-file.ts";

/** What the path of a file says of its place in a dataset. */
export interface PathPlace {
  /** The folder that holds the splits, without a first `data`; `default` for the top. */
  readonly config: string;
  /** Missing where nothing in the path names one. */
  readonly split?: string;
}

/**
 * The words that name a split, and the name that stands for them. The list is that of
 * https://huggingface.co/docs/datasets/repository_structure.
 */
const keywords: ReadonlyMap<string, string> = new Map([
  ["train", "train"],
  ["training", "train"],
  ["validation", "validation"],
  ["valid", "validation"],
  ["val", "validation"],
  ["dev", "validation"],
  ["test", "test"],
  ["testing", "test"],
  ["eval", "test"],
  ["evaluation", "test"],
]);

/** The common name of a split: `dev` is `validation`. Any other name stays as it is. */
export function canonicalSplit(name: string): string {
  return keywords.get(name.toLowerCase()) ?? name;
}

/**
 * Reads split and configuration off a path: `data/train-00000-of-00002.parquet`, `train_prefs.jsonl`,
 * `harmless-base/test.jsonl.gz`, `train/part-1.csv`, and `default/train/0000.parquet` as the Hub's own Parquet
 * copies are laid out.
 */
export function splitOfPath(path: string): PathPlace {
  const converted = /^([^/]+)\/(?:partial-)?([^/]+)\/\d{4}\.parquet$/u.exec(path);
  if (converted !== null) {
    return { config: configOf([converted[1]!]), split: converted[2]! };
  }
  const folders = path.split("/").slice(0, -1);
  const inName = splitOfStem(stemOf(path));
  if (inName !== undefined) {
    return {
      config: configOf(folders.filter((folder) => splitOfFolder(folder) === undefined)),
      split: inName,
    };
  }
  const at = folders.findIndex((folder) => splitOfFolder(folder) !== undefined);
  return at === -1
    ? { config: configOf(folders) }
    : { config: configOf(folders.slice(0, at)), split: splitOfFolder(folders[at]!)! };
}

function configOf(folders: readonly string[]): string {
  const named = folders[0] === "data" ? folders.slice(1) : folders;
  return named.length === 0 ? "default" : named.join("/");
}

function splitOfFolder(folder: string): string | undefined {
  return keywords.get(folder.toLowerCase()) ?? namedSplit(folder);
}

function splitOfStem(stem: string): string | undefined {
  const shard = /^(\w+(?:\.\w+)*)-\d{5}-of-\d{5}/u.exec(stem);
  if (shard !== null) {
    return canonicalSplit(shard[1]!);
  }
  const name = withoutNumbers(stem);
  const words = name.toLowerCase().split(/[-._ \d]+/u);
  const word = words.find((one) => keywords.has(one));
  return keywords.get(name.toLowerCase()) ?? namedSplit(name) ?? (word && keywords.get(word));
}

/** Without the numbers of parts at its end, `-part-03` and the like. Looks at each character once. */
function withoutNumbers(stem: string): string {
  let end = stem.length;
  for (let digits = end; ; digits = end) {
    while (/\d/u.test(stem.charAt(digits - 1))) {
      digits -= 1;
    }
    if (digits === end) {
      return stem.slice(0, end);
    }
    const tail = stem.slice(Math.max(0, digits - longestTail), digits);
    end = digits - /(?:[-_. ]?(?:part|shard|chunk))?[-_. ]?$/iu.exec(tail)![0].length;
  }
}

/** As long as ` chunk-`. */
const longestTail = 7;

/** `train_prefs` and its like are splits of their own; `ultrafeedback_train` is the set's name and a split. */
function namedSplit(name: string): string | undefined {
  const first = /^([a-z]+)_\w+$/iu.exec(name)?.[1];
  return first !== undefined && keywords.has(first.toLowerCase()) ? name : undefined;
}
