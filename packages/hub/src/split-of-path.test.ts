import { expect, test } from "vitest";
import { formatRank, preferBestFormat } from "./data-file.ts";
import { splitOfPath } from "./split-of-path.ts";

test.each<[string, string, string | undefined]>([
  ["data/train-00000-of-00002.parquet", "default", "train"],
  ["data/train_prefs-00000-of-00001-abcdef.parquet", "default", "train_prefs"],
  ["en/dev-00000-of-00001.parquet", "en", "validation"],
  ["train.jsonl", "default", "train"],
  ["train_prefs.jsonl", "default", "train_prefs"],
  ["train_1.jsonl", "default", "train"],
  ["train-part-03.csv", "default", "train"],
  ["val.json.gz", "default", "validation"],
  ["ultrafeedback_train.jsonl", "default", "train"],
  ["my.eval.csv", "default", "test"],
  ["trained.jsonl", "default", undefined],
  ["contest.jsonl", "default", undefined],
  ["pairs.jsonl", "default", undefined],
  ["harmless-base/test.jsonl.gz", "harmless-base", "test"],
  ["data/en/train/a.csv", "en", "train"],
  ["train/2024/a.csv", "default", "train"],
  ["train/train-1.csv", "default", "train"],
  ["2024/a.csv", "2024", undefined],
  ["default/train_prefs/0000.parquet", "default", "train_prefs"],
  ["data/train/0000.parquet", "default", "train"],
  ["en/partial-helpful/0007.parquet", "en", "helpful"],
])("%s", (path, config, split) => {
  expect(splitOfPath(path)).toEqual(split === undefined ? { config } : { config, split });
});

test("the best format is taken, and what is no data is left out", () => {
  const files = ["README.md", "a.csv", "a.parquet", "a.jsonl", "b.PARQUET"].map((path) => ({
    path,
    size: 1,
  }));
  expect(preferBestFormat(files).map(({ path }) => path)).toEqual(["a.parquet", "b.PARQUET"]);
  expect(preferBestFormat([{ path: "README.md", size: 1 }])).toEqual([]);
  const none = [".gitattributes", ".x/a.csv", "__y/a.csv", "a/dataset_info.json", "state.json", "a.txt"];
  expect(none.map(formatRank)).toEqual(none.map(() => undefined));
});
