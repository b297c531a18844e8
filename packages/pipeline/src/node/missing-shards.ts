const shardName = /^(?<before>.*)-(?<index>\d{5})-of-(?<count>\d{5})(?<after>[^/]*)$/su;

/**
 * The shards that are not among paths whose names count them, such as `data/train-00001-of-00003.parquet`
 * (https://huggingface.co/docs/datasets/repository_structure#builds-from-multiple-files), at most `most` of them.
 */
export function missingShards(paths: readonly string[], most: number): string[] {
  const sets = new Map<string, { count: number; nameOf: (index: number) => string }>();
  for (const path of paths) {
    const { before, count, after } = shardName.exec(path)?.groups ?? {};
    if (count !== undefined) {
      const nameOf = (index: number): string =>
        `${before}-${String(index).padStart(5, "0")}-of-${count}${after}`;
      sets.set(nameOf(0), { count: Number(count), nameOf });
    }
  }
  const there = new Set(paths);
  const missing: string[] = [];
  for (const { count, nameOf } of sets.values()) {
    for (let index = 0; index < count && missing.length < most; index += 1) {
      missing.push(...(there.has(nameOf(index)) ? [] : [nameOf(index)]));
    }
  }
  return missing;
}
