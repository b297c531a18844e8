import fc from "fast-check";
import { expect, test } from "vitest";
import { compileGlob, folderOfPattern, isGlobPattern } from "./glob-pattern.ts";

test.each<[string, string[], string[]]>([
  [
    "data/*.parquet",
    ["data/a.parquet", "data/.parquet"],
    ["data/x/a.parquet", "a.parquet", "data/a.parquet2"],
  ],
  ["**/*.jsonl", ["a.jsonl", "x/a.jsonl", "x/y/a.jsonl"], ["a.json", "x/a.jsonl/b"]],
  ["a/**/b", ["a/b", "a/x/b", "a/x/y/b"], ["ab", "a/xb", "x/a/b"]],
  ["**", ["a", "a/b/c"], []],
  ["data/**.csv", ["data/a.csv", "data/x/a.csv"], ["a.csv"]],
  ["train-?.csv", ["train-1.csv"], ["train-.csv", "train-12.csv", "train-/.csv"]],
  ["[ab]-[0-9][!x]", ["a-1y", "b-0-"], ["c-1y", "a-xy", "a-1x"]],
  ["[]]", ["]"], ["["]],
  ["{train,test}-*.{csv,tsv}", ["train-1.csv", "test-2.tsv"], ["val-1.csv", "train-1.json"]],
  ["{a,b{c,d}}", ["a", "bc", "bd"], ["b"]],
  ["a.c", ["a.c"], ["abc"]],
  ["[", ["["], []],
  ["", [""], ["a"]],
])("%s", (pattern, fitting, others) => {
  const fits = compileGlob(pattern);
  expect(fitting.filter((path) => !fits(path))).toEqual([]);
  expect(others.filter(fits)).toEqual([]);
});

test("a path without signs of patterns fits itself alone", () => {
  const path = fc.string({ maxLength: 20 }).filter((text) => !isGlobPattern(text) && !/[{}]/u.test(text));
  fc.assert(
    fc.property(path, path, (one, other) => {
      expect(compileGlob(one)(other)).toBe(one === other);
    }),
  );
});

test("patterns made to exhaust a matcher are matched like others", () => {
  expect(compileGlob(`${"*a".repeat(200)}b`)("a".repeat(400))).toBe(false);
  expect(compileGlob(`${"**/".repeat(200)}b`)(`${"a/".repeat(200)}c`)).toBe(false);
  expect(compileGlob("{a,b}".repeat(40))("a".repeat(40))).toBe(false);
});

test("the folder of a pattern", () => {
  expect(["a/b/*.x", "a*", "a/b", "**/a", "a/{b,c}/d"].map(folderOfPattern)).toEqual([
    "a/b",
    "",
    "a",
    "",
    "a",
  ]);
});
