import { formatShardPath, parseShardPath } from "../shard-name.ts";

/** The shards that are not among paths whose names count them, such as `train-00001-of-00003.parquet`, at most `most`. */
export function missingShards(paths: readonly string[], most: number): string[] {
  const sets = new Map<string, { whole: string; count: number }>();
  for (const path of paths) {
    const shard = parseShardPath(path);
    if (shard !== undefined) {
      sets.set(formatShardPath({ ...shard, index: 0 }), shard);
    }
  }
  const there = new Set(paths);
  const missing: string[] = [];
  for (const { whole, count } of sets.values()) {
    for (let index = 0; index < count && missing.length < most; index += 1) {
      const path = formatShardPath({ whole, index, count });
      missing.push(...(there.has(path) ? [] : [path]));
    }
  }
  return missing;
}
