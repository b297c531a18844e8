/**
 * A path that tells which of how many shards it is, as datasets name them: `train-00001-of-00003.parquet`
 * (https://huggingface.co/docs/datasets/repository_structure#sharded-splits).
 */
const shardPath = /^(?<before>.*)-(?<index>\d{5})-of-(?<count>\d{5})(?<after>[^/\\]*)$/su;

/** What the path of a shard tells. */
export interface ShardPath {
  /** The path of the whole: `out/train.jsonl`. */
  readonly whole: string;
  /** From 0. */
  readonly index: number;
  readonly count: number;
}

/** What a path tells of the shard it is; undefined where it is none. */
export function parseShardPath(path: string): ShardPath | undefined {
  const { before, index, count, after } = shardPath.exec(path)?.groups ?? {};
  return count === undefined
    ? undefined
    : { whole: `${before}${after}`, index: Number(index), count: Number(count) };
}

/** The path of one of the shards of a file: `out/train-00001-of-00003.jsonl` of `out/train.jsonl`. */
export function formatShardPath({ whole, index, count }: ShardPath): string {
  return beforeEnding(whole, `-${fiveDigits(index)}-of-${fiveDigits(count)}`);
}

/** The pattern that fits all shards of a file: `out/train-*.jsonl`. */
export function shardPattern(whole: string): string {
  return beforeEnding(whole, "-*");
}

/** A name for a shard as long as nobody knows how many there are. */
export function provisionalShardPath(whole: string, index: number): string {
  return beforeEnding(whole, `-${fiveDigits(index)}`);
}

function fiveDigits(number: number): string {
  return String(number).padStart(5, "0");
}

function beforeEnding(path: string, text: string): string {
  const at = /(?:\.[^./\\]+)*$/u.exec(path)!.index;
  return `${path.slice(0, at)}${text}${path.slice(at)}`;
}
