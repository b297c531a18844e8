import { expect, test } from "vitest";
import { suggestOutput } from "./suggest-output.ts";

test.each([
  [["feedback.csv"], "feedback.jsonl"],
  [["data/feedback.csv.gz"], "feedback.jsonl"],
  [["C:\\data\\feedback.tsv"], "feedback.jsonl"],
  [["feedback"], "feedback.jsonl"],
  [[".hidden"], ".hidden.jsonl"],
  [["feedback.jsonl"], "feedback.dpo.jsonl"],
  [["feedback.jsonl.zst"], "feedback.dpo.jsonl"],
  [["https://example.org/a/feedback.csv?download=1"], "feedback.jsonl"],
  [["-"], "train.jsonl"],
  [["*.csv"], "train.jsonl"],
  [["a.csv", "b.csv"], "train.jsonl"],
  [["data/"], "train.jsonl"],
])("%j gives %s", (inputs, output) => {
  expect(suggestOutput(inputs)).toBe(output);
});

test("a mended copy is named as one", () => {
  expect(suggestOutput(["train.jsonl"], "fixed")).toBe("train.fixed.jsonl");
});
