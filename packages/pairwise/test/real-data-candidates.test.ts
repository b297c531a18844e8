import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Outcome } from "@dpo-kit/batch";
import type { PairSelection } from "@dpo-kit/preference";
import type { JsonValue } from "@dpo-kit/schema";
import { collect } from "@dpo-kit/testkit";
import { describe, expect, test } from "vitest";
import { convertPairwise, type PairwiseRow, type UnpairedExample } from "../src/index.ts";

const root = process.env.DPO_REAL_DATA;

/** One line of SOURCES.tsv: what a real file is to come to. */
interface RealFile {
  file: string;
  shape: string;
  pairs: number;
  drops: Record<string, number>;
  alternatives: Record<string, number>;
}

if (root === undefined) {
  test.skip("real candidates: skipped because DPO_REAL_DATA does not name the folder of real files", () => {});
} else {
  const folder = join(root, "pairwise");
  const files = readSources(folder);
  const ofShape = (mark: string): RealFile[] => files.filter(({ shape }) => shape.startsWith(mark));

  describe("real rows with two answers and a verdict", () => {
    test("are there", () => expect(ofShape("W:").length).toBeGreaterThan(0));

    test.each(ofShape("W:"))("$file", async ({ file, pairs, drops }) => {
      const outcomes = await convert(rowsOf(folder, file));
      expect(pairsOf(outcomes)).toBe(pairs);
      expect(reasonsOf(outcomes)).toEqual(drops);
    });
  });

  describe("real rows with a lone judgement", () => {
    /**
     * The list calls every row unpaired, but in this file the rows 64 and 195 (from 0) answer one conversation, one
     * is good and the other bad: they make a pair.
     */
    const paired = new Map([["hiyouga+LLaMA-Factory/data/kto_en_demo.json", 1]]);

    test.each(ofShape("K:"))("$file", async ({ file, pairs, drops }) => {
      const both = paired.get(file) ?? 0;
      const unpaired: UnpairedExample[] = [];
      const outcomes = await collect(
        convertPairwise(rowsOf(folder, file), { onUnpaired: (example) => unpaired.push(example) }),
      );
      expect(pairsOf(outcomes)).toBe(pairs + both);
      expect(unpaired.filter(({ label }) => label).length).toBe(drops.unpaired_label_true! - both);
      expect(unpaired.filter(({ label }) => !label).length).toBe(drops.unpaired_label_false! - both);
    });
  });

  describe("real trees", () => {
    test.each(ofShape("G:"))("$file", async ({ file, pairs, alternatives }) => {
      const counts: Partial<Record<PairSelection, number>> = {};
      for (const selection of ["all", "adjacent", "best-worst", "auto"] as const) {
        counts[selection] = pairsOf(await convert(rowsOf(folder, file), selection));
      }
      const { adjacent, best_vs_worst: bestWorst } = alternatives;
      expect(counts).toEqual({ all: pairs, adjacent, "best-worst": bestWorst, auto: bestWorst });
    });
  });
}

function readSources(folder: string): RealFile[] {
  const [head, ...lines] = readFileSync(join(folder, "SOURCES.tsv"), "utf8").trimEnd().split("\n");
  const names = head!.split("\t");
  return lines.map((line) => {
    const cells = line.split("\t");
    const cell = (name: string): string => cells[names.indexOf(name)] ?? "";
    return {
      file: cell("local_file"),
      shape: cell("shape"),
      pairs: Number(cell("pairs")),
      drops: countsOf(cell("drops")),
      alternatives: countsOf(cell("alternatives")),
    };
  });
}

/** `empty=4;identical=1` */
function countsOf(text: string): Record<string, number> {
  const parts = text.split(";").filter((part) => part !== "");
  return Object.fromEntries(
    parts.map((part) => part.split("=")).map(([name, count]) => [name, Number(count)]),
  );
}

/** The rows of a JSON array, or of JSON Lines. */
function rowsOf(folder: string, file: string): PairwiseRow[] {
  const text = readFileSync(join(folder, file), "utf8");
  const values = text.trimStart().startsWith("[")
    ? (JSON.parse(text) as JsonValue[])
    : text.split("\n").flatMap((line) => (line.trim() === "" ? [] : [JSON.parse(line) as JsonValue]));
  return values.map((value, ordinal) => ({ value, at: { source: file, ordinal }, bytes: 1_000 }));
}

function convert(rows: PairwiseRow[], pairs: PairSelection = "auto"): Promise<Outcome[]> {
  return collect(convertPairwise(rows, { policy: { pairs } }));
}

function pairsOf(outcomes: readonly Outcome[]): number {
  return outcomes.reduce(
    (total, outcome) => total + (outcome.kind === "pairs" ? outcome.pairs.length : 0),
    0,
  );
}

/** Why comparisons gave no pair, with their counts. */
function reasonsOf(outcomes: readonly Outcome[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { reason } of outcomes.flatMap(({ dropped }) => dropped ?? [])) {
    counts[reason] = (counts[reason] ?? 0) + 1;
  }
  return counts;
}
