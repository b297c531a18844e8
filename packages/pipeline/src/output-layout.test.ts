import { describe, expect, test } from "vitest";
import { outputLayout } from "./output-layout.ts";

describe("outputLayout", () => {
  test.each([
    ["out/", false],
    ["out", false],
    ["out.d", false],
    ["run.jsonl", true],
    ["train.jsonl/", false],
  ])("%s is a folder", (output, isFolder) => {
    const layout = outputLayout({ output, isFolder });
    expect(layout.kind).toBe("folder");
    const folder = output.replace(/\/$/, "");
    expect(layout.lines).toEqual([{ split: "train", path: `${folder}/train.jsonl` }]);
    expect(layout.removed).toBe(`${folder}/removed.jsonl`);
    expect(layout.rejects).toBe(`${folder}/rejects.jsonl`);
    expect(layout.manifest).toBe(`${folder}/manifest.json`);
    expect(layout.provenance).toBeUndefined();
  });

  test.each([
    ["a/train.jsonl", "none", "a/train"],
    ["train.jsonl.gz", "gzip", "train"],
    ["train.v2.jsonl.zst", "zstd", "train.v2"],
  ])("%s is a file, compressed %s", (output, compression, stem) => {
    expect(outputLayout({ output, isFolder: false, provenance: true })).toEqual({
      kind: "file",
      compression,
      lines: [{ split: "train", path: output }],
      removed: `${stem}.removed.jsonl`,
      rejects: `${stem}.rejects.jsonl`,
      manifest: `${stem}.manifest.json`,
      provenance: `${stem}.provenance.jsonl`,
    });
  });

  test("standard output has no side files unless they are named", () => {
    expect(outputLayout({ output: "-", isFolder: false })).toEqual({
      kind: "stdout",
      compression: "none",
      lines: [],
    });
    expect(outputLayout({ output: "-", isFolder: false, rejects: "r.jsonl" }).rejects).toBe("r.jsonl");
  });

  test("a split has a file for each of its names, in a folder", () => {
    const splits = ["train", "test"] as const;
    expect(outputLayout({ output: "out/", isFolder: false, splits }).lines).toEqual([
      { split: "train", path: "out/train.jsonl" },
      { split: "test", path: "out/test.jsonl" },
    ]);
    expect(() => outputLayout({ output: "a/b c.jsonl.gz", isFolder: false, splits })).toThrow(
      expect.objectContaining({ hint: "Name a folder: -o 'a/b c/'" }),
    );
    expect(() => outputLayout({ output: "-", isFolder: false, splits })).toThrow(/standard output/);
    expect(outputLayout({ output: "b.jsonl", isFolder: true, splits }).kind).toBe("folder");
  });

  test("two outputs in one file are refused", () => {
    expect(() => outputLayout({ output: "t.jsonl", isFolder: false, rejects: "t.jsonl" })).toThrow(
      /t\.jsonl/,
    );
  });
});
