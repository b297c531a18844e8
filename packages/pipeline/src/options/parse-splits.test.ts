import { expect, test } from "vitest";
import { formatSplits, parseSplits } from "./parse-splits.ts";

test.each([
  ["train=0.9,validation=0.1", "train=0.9,validation=0.1"],
  ["test=5%, train=95%", "train=0.95,test=0.05"],
  ["train=.8,dev=.1,eval=.1", "train=0.8,validation=0.1,test=0.1"],
  ["train=rest,test=500", "train=rest,test=500"],
  ["train=1000,validation=rest,test=10", "train=1000,validation=rest,test=10"],
  ["train=0.7,validation=0.2,test=0.1", "train=0.7,validation=0.2,test=0.1"],
])("%s", (text, formatted) => {
  expect(formatSplits(parseSplits(text)!)).toBe(formatted);
});

test.each([
  "",
  "train",
  "train=1",
  "train=0.9",
  "train=0.9,test=0.2",
  "train=0.9,validation=-0.1",
  "train=0.5,train=0.5",
  "val=0.5,dev=0.5",
  "train=0.9,holdout=0.1",
  "train=0.9,test=500",
  "train=900,test=100",
  "train=rest,test=rest",
  "train=1.2.3,test=0.1",
  "train=1,test=0",
  "__proto__=0.5,train=0.5",
])("%j is refused", (text) => {
  expect(parseSplits(text)).toBeUndefined();
});
