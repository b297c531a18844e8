/** A file of a dataset. */
export interface DatasetFile {
  /** From the top of the dataset, with `/`. */
  readonly path: string;
  /** In bytes. */
  readonly size: number;
}

/** In the order of preference: the first loses least and is read fastest. */
const kinds: readonly (readonly [extension: RegExp, rank: number])[] = [
  [/\.parquet$/iu, 0],
  [/\.arrow$/iu, 1],
  [/\.(?:jsonl|ndjson)(?:\.(?:gz|zst))?$/iu, 2],
  [/\.json(?:\.(?:gz|zst))?$/iu, 3],
  [/\.(?:csv|tsv)(?:\.(?:gz|zst))?$/iu, 4],
  [/\.zip$/iu, 5],
];

/** Files about the data, which other tools leave out as well (datasets' `data_files.py`). */
const descriptions = new Set([
  "config.json",
  "dataset_info.json",
  "dataset_infos.json",
  "dataset_dict.json",
  "state.json",
]);

/** Longer paths, in UTF-16 code units, are made to exhaust the machine; no file system takes them. */
const longestPath = 1024;

/**
 * The rank of a file's format, lower is better; undefined where a file holds no data that is read. The `.` and `..` of
 * paths in archives hide nothing.
 */
export function formatRank(path: string): number | undefined {
  const parts = path.split("/");
  const isHidden = parts.some((part) => /^(?:__|\.(?!\.?$))/u.test(part));
  if (isHidden || path.length > longestPath || descriptions.has(parts.at(-1)!.toLowerCase())) {
    return undefined;
  }
  return kinds.find(([extension]) => extension.test(path))?.[1];
}

/** The name of a file without folders and extensions. */
export function stemOf(path: string): string {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return name.replace(/(?:\.(?:gz|zst))?$/iu, "").replace(/\.[a-z]+$/iu, "");
}

/** Files in the order of their paths, in UTF-16 code units. */
export function sortFiles<File extends DatasetFile>(files: readonly File[]): File[] {
  return files.toSorted((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

/** Of files that hold the same rows in several formats, those of the best format. */
export function preferBestFormat<File extends DatasetFile>(files: readonly File[]): File[] {
  const ranked = files.flatMap((file) => {
    const rank = formatRank(file.path);
    return rank === undefined ? [] : [{ file, rank }];
  });
  const best = ranked.reduce((least, { rank }) => Math.min(least, rank), Number.POSITIVE_INFINITY);
  return ranked.filter(({ rank }) => rank === best).map(({ file }) => file);
}
