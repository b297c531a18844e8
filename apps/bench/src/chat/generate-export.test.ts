import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { type ExportFile, generateExport } from "./generate-export.ts";

const bytes = 1_000_000;

function filesOf(seed: number): Map<ExportFile, string> {
  const files = new Map<ExportFile, string>();
  for (const { file, text } of generateExport({ bytes, seed })) {
    files.set(file, (files.get(file) ?? "") + text);
  }
  return files;
}

interface Node {
  readonly id: string;
  readonly parent: string | null;
  readonly children: readonly string[];
}

describe("the generated export", () => {
  const files = filesOf(1);
  const parsed = <T>(file: ExportFile): T[] => JSON.parse(files.get(file)!) as T[];

  test("is as large as asked for, in ASCII", () => {
    const { length } = files.get("conversations.json")!;
    expect(length).toBeLessThanOrEqual(bytes);
    expect(length).toBeGreaterThan(bytes - 100_000);
    expect(files.get("conversations.json")).toMatch(/^[\0-\x7f]*$/u);
  });

  test("is the same for the same seed, and on every machine", () => {
    const digest = createHash("sha256")
      .update([...files.values()].join(""))
      .digest("hex");
    expect(digest.slice(0, 16)).toBe("5ea333e53cf0dc2b");
    expect(filesOf(1)).toEqual(files);
    expect(filesOf(2)).not.toEqual(files);
  });

  test("holds whole trees with branches", () => {
    const conversations = parsed<{ mapping: Record<string, Node>; current_node: string }>(
      "conversations.json",
    );
    for (const { mapping, current_node } of conversations) {
      expect(mapping[current_node]!.children).toEqual([]);
      for (const { id, parent } of Object.values(mapping)) {
        expect(parent === null || mapping[parent]!.children.includes(id)).toBe(true);
      }
    }
    const nodes = conversations.flatMap(({ mapping }) => Object.values(mapping));
    expect(nodes.some(({ children }) => children.length === 2)).toBe(true);
  });

  test("judges answers that it holds", () => {
    const text = files.get("conversations.json")!;
    const thumbs = parsed<{ id: string }>("message_feedback.json").map(({ id }) => id);
    const votes = parsed<Record<"original_message_id" | "new_message_id", string>>("model_comparisons.json");
    const judged = votes.flatMap((vote) => [vote.original_message_id, vote.new_message_id]);
    expect(thumbs.length).toBeGreaterThan(10);
    expect(judged.length).toBeGreaterThan(10);
    expect([...thumbs, ...judged].every((id) => text.includes(`"${id}": {`))).toBe(true);
  });
});
