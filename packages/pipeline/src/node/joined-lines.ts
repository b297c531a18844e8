import type { LeakPlace } from "@dpo-kit/split";
import { formatShardPath, parseShardPath, shardPattern } from "../shard-name.ts";

/** Files of which those that are shards of one count as one. */
export interface JoinedLines {
  /** What the shards of a file are called together, and the names of all other files. */
  readonly names: readonly string[];
  /** The place among the joined files of a line of one of the files; these are asked for one after the other. */
  join(place: LeakPlace): LeakPlace;
  /** The way back. */
  place(joined: LeakPlace): LeakPlace;
}

/** Joins the lines of shards, by the names of the files. */
export function createJoinedLines(files: readonly string[]): JoinedLines {
  const sets = files.map(setOf);
  const keys = [...new Set(sets.map(({ key }) => key))];
  const numbers = sets.map(({ key }) => keys.indexOf(key));
  /** Of each joined file how many lines it has until now; of each file how many were there before its own. */
  const ends = keys.map(() => 0);
  const starts: number[] = [];
  return {
    names: keys.map((key) => sets.find((set) => set.key === key)!.name),
    join({ file, line }) {
      const number = numbers[file]!;
      starts[file] ??= ends[number]!;
      const joined = starts[file]! + line;
      ends[number] = Math.max(ends[number]!, joined);
      return { file: number, line: joined };
    },
    place({ file: number, line }) {
      const file = numbers.findLastIndex((one, at) => one === number && (starts[at] ?? line) < line);
      return { file, line: line - starts[file]! };
    },
  };
}

/** Shards of one file have the same key. */
function setOf(name: string): { key: string; name: string } {
  const shard = parseShardPath(name);
  return shard === undefined
    ? { key: name, name }
    : { key: formatShardPath({ ...shard, index: 0 }), name: shardPattern(shard.whole) };
}
