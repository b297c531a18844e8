import { expect, test } from "vitest";
import { missingShards } from "./missing-shards.ts";

test.each([
  [["a-00000-of-00002.jsonl", "a-00001-of-00002.jsonl"], []],
  [["d/a-00002-of-00003.parquet"], ["d/a-00000-of-00003.parquet", "d/a-00001-of-00003.parquet"]],
  [
    ["a-00000-of-00001.jsonl", "b-00001-of-00002.jsonl", "c.jsonl", "d-1-of-2.jsonl"],
    ["b-00000-of-00002.jsonl"],
  ],
])("of %j these are not there: %j", (paths, missing) => {
  expect(missingShards(paths, 10)).toEqual(missing);
});

test("a count that no folder has is not listed", () => {
  expect(missingShards(["a-00000-of-99999.jsonl"], 2)).toHaveLength(2);
});
