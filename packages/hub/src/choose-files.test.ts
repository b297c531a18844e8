import { expect, test } from "vitest";
import type { CardConfig } from "./card-configs.ts";
import { chooseFiles, type PartOptions } from "./choose-files.ts";

function choose(paths: string[], options: PartOptions = {}, configs: CardConfig[] = []) {
  const files = paths.map((path) => ({ path, size: 1 }));
  const choice = chooseFiles({ files, configs, address: { owner: "o", name: "n" } }, options);
  return {
    ...choice,
    files: choice.files.map(({ path }) => path),
    passedOver: choice.passedOver.map(({ path }) => path),
  };
}

function config(
  name: string,
  patterns?: Record<string, string[]>,
  more: Partial<CardConfig> = {},
): CardConfig {
  const map = patterns === undefined ? {} : { patterns: new Map(Object.entries(patterns)) };
  return { name, isDefault: false, folder: "", ...map, ...more };
}

test("a single file is the training split", () => {
  expect(choose(["README.md", "pairs.jsonl"])).toMatchObject({
    files: ["pairs.jsonl"],
    splits: ["train"],
    config: "default",
  });
});

test("Parquet comes before JSON Lines and CSV of the same split, in the order of the shards", () => {
  const paths = [
    "train.csv",
    "train.jsonl",
    "data/train-00001-of-00002.parquet",
    "data/train-00000-of-00002.parquet",
  ];
  expect(choose(paths)).toMatchObject({
    files: ["data/train-00000-of-00002.parquet", "data/train-00001-of-00002.parquet"],
    passedOver: ["train.csv", "train.jsonl"],
  });
});

test("a split that is there in one format only is taken in it", () => {
  expect(choose(["train.parquet", "test.csv"], { hubSplit: "test" }).files).toEqual(["test.csv"]);
});

test("several splits are asked about, with the flag to type", () => {
  const paths = ["train_prefs.jsonl", "test_prefs.jsonl"];
  expect(() => choose(paths)).toThrow(
    expect.objectContaining({
      code: "HUB_CHOICE_NEEDED",
      message: "hf://datasets/o/n has several splits: test_prefs, train_prefs",
      hint: "Choose one: --hub-split test_prefs (or several: --hub-split test_prefs+train_prefs)",
    }),
  );
  expect(choose(paths, { hubSplit: "train_prefs" }).files).toEqual(["train_prefs.jsonl"]);
  expect(choose(paths, { hubSplit: "train_prefs+test_prefs" }).files).toEqual(paths);
});

test("a split that is named twice is read once", () => {
  expect(choose(["train.csv", "test.csv"], { hubSplit: "train+training" }).files).toEqual(["train.csv"]);
});

test("listings made to exhaust the machine are looked through", () => {
  const paths = Array.from({ length: 20_000 }, (_, at) => `${"1".repeat(900)}x${at}.jsonl`);
  expect(choose([...paths, `${"1-".repeat(1e6)}.jsonl`]).files).toHaveLength(20_000);
});

test("a split is found under its other name", () => {
  expect(choose(["dev.jsonl", "train.jsonl"], { hubSplit: "dev" }).splits).toEqual(["validation"]);
});

test("a name that is not there is answered with those that are", () => {
  const message = "hf://datasets/o/n has no split tets; it has test, train";
  expect(() => choose(["train.csv", "test.csv"], { hubSplit: "tets" })).toThrow(
    expect.objectContaining({ code: "HUB_CHOICE_UNKNOWN", message }),
  );
  expect(() => choose(["a.csv"], { config: "constructor" })).toThrow(
    expect.objectContaining({ code: "HUB_CHOICE_UNKNOWN" }),
  );
});

test("folders that hold the same split are configurations", () => {
  const paths = ["harmless/train.jsonl", "helpful/train.jsonl", "helpful/test.jsonl"];
  expect(() => choose(paths, { hubSplit: "train" })).toThrow(
    expect.objectContaining({ code: "HUB_CHOICE_NEEDED", hint: "Choose one: --config harmless" }),
  );
  expect(choose(paths, { config: "helpful", hubSplit: "train" }).files).toEqual(["helpful/train.jsonl"]);
});

test("files without a split beside files with one are passed over", () => {
  expect(choose(["train.jsonl", "notes.csv"])).toMatchObject({
    files: ["train.jsonl"],
    passedOver: ["notes.csv"],
  });
});

test("the card decides before the names", () => {
  const card = [
    config("a", { main: ["x/*.jsonl", "y.csv"] }),
    config("b", { train: ["none-*"] }, { isDefault: true }),
    config("c", undefined, { folder: "x" }),
    config("d", { train: ["*.*"] }, { folder: "z" }),
  ];
  const paths = ["x/1.jsonl", "x/2.jsonl", "y.csv", "z/q.csv", "z/q.parquet"];
  expect(choose(paths, { config: "a" }, card).files).toEqual(["x/1.jsonl", "x/2.jsonl", "y.csv"]);
  expect(choose(paths, { config: "c" }, card).files).toEqual(["x/1.jsonl", "x/2.jsonl"]);
  expect(choose(paths, { config: "d" }, card)).toMatchObject({
    files: ["z/q.parquet"],
    passedOver: ["z/q.csv"],
  });
  expect(() => choose(paths, {}, card)).toThrow(expect.objectContaining({ code: "HUB_NO_DATA_FILES" }));
});

test("the default of a card is the one marked so, else the one named so", () => {
  const named = [config("a", { train: ["a.csv"] }), config("default", { train: ["b.csv"] })];
  expect(choose(["a.csv", "b.csv"], {}, named).config).toBe("default");
  const marked = [config("a", { train: ["a.csv"] }, { isDefault: true }), named[1]!];
  expect(choose(["a.csv", "b.csv"], {}, marked).config).toBe("a");
  expect(() => choose(["a.csv", "x/b.csv"])).toThrow(expect.objectContaining({ code: "HUB_CHOICE_NEEDED" }));
});

test("a dataset without data names the Hub's Parquet copy", () => {
  expect(() => choose(["README.md", "loader.py"])).toThrow(
    expect.objectContaining({
      code: "HUB_NO_DATA_FILES",
      hint: "Try the Hub's own Parquet copy: hf://datasets/o/n@refs/convert/parquet",
    }),
  );
});
