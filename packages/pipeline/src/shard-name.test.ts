import { describe, expect, test } from "vitest";
import { formatShardPath, parseShardPath, provisionalShardPath, shardPattern } from "./shard-name.ts";

describe("the path of a shard", () => {
  test.each([
    ["out/train-00001-of-00003.jsonl", { whole: "out/train.jsonl", index: 1, count: 3 }],
    ["a-00000-of-00001.jsonl.gz", { whole: "a.jsonl.gz", index: 0, count: 1 }],
    ["data.v1/train-00000-of-00002", { whole: "data.v1/train", index: 0, count: 2 }],
  ])("%s tells which of how many it is", (path, shard) => {
    expect(parseShardPath(path)).toEqual(shard);
    expect(formatShardPath(shard)).toBe(path);
  });

  test.each(["train.jsonl", "train-0-of-4.jsonl", "train-00000-of-00004/x.jsonl"])("%s is none", (path) => {
    expect(parseShardPath(path)).toBeUndefined();
  });

  test("fits the pattern of its file", () => {
    expect(shardPattern("out/train.jsonl")).toBe("out/train-*.jsonl");
    expect(provisionalShardPath("./out.d/train.jsonl", 12)).toBe("./out.d/train-00012.jsonl");
  });
});
