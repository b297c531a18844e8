import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { decodeText, readJsonArray, readJsonLines } from "@dpo-kit/io";
import { DataError, type JsonValue } from "@dpo-kit/schema";
import { afterAll, describe, expect, test } from "vitest";
import { convertPairwise, type PairwiseConvertOptions, type PairwiseRow } from "../src/index.ts";

const folder = process.env.DPO_REAL_DATA;

/** A file, how it is to be converted, and what is to come of it. */
interface RealFile {
  file: string;
  pairs: number;
  options?: PairwiseConvertOptions;
  /** Of files that are refused as a whole. */
  code?: string;
  /** Codes of rejected rows and reasons of skipped ones, with their counts. */
  left?: Record<string, number>;
  /** How often two turns of one speaker became one. */
  merged?: number;
}

/** The files of the shapes with a named better and worse answer; pairs as their sources list them. */
const files: readonly RealFile[] = [
  {
    file: "anthropics+hh-rlhf/harmless-base/test.jsonl.gz",
    pairs: 2_308,
    left: { PAIR_EMPTY_ANSWER: 4 },
    merged: 13,
  },
  { file: "hiyouga+LLaMA-Factory/data/dpo_en_demo.json", pairs: 300 },
  { file: "hiyouga+LLaMA-Factory/data/dpo_zh_demo.json", pairs: 300 },
  { file: "hiyouga+LLaMA-Factory/data/v1_dpo_demo.jsonl", pairs: 10 },
  { file: "meta-pytorch+torchtune/tests/assets/hh_rlhf_tiny.json", pairs: 1 },
  { file: "THU-KEG+Agentic-Reward-Modeling/data/JudgeBench/judgebench-knowledge.json", pairs: 308 },
  { file: "THU-KEG+Agentic-Reward-Modeling/data/IFBench/data.converted.json", pairs: 444 },
  {
    file: "THU-KEG+Agentic-Reward-Modeling/data/RM-Bench/total_dataset.chat_hard_converted.json",
    pairs: 387,
  },
  { file: "shibing624+MedicalGPT/data/reward/dpo_zh_500.jsonl", pairs: 500 },
  { file: "shibing624+MedicalGPT/data/reward/toolcall_dpo_zh_demo.jsonl", pairs: 11 },
  { file: "cluebbers+adverserial-paraphrasing/data/dpo_train.jsonl", pairs: 580 },
  { file: "lets-data-science+finetuning-lab/data/preference_pairs.jsonl", pairs: 113 },
];

if (folder === undefined) {
  test.skip("real data: skipped because DPO_REAL_DATA does not name the folder of real files", () => {});
} else {
  const table: { file: string; pairs: number; left: string }[] = [];
  const present = files.filter(({ file }) => existsSync(join(folder, "pairwise", file)));

  describe("real data", () => {
    test("is there", () => expect(present.length).toBeGreaterThan(0));

    test.each(present)("$file gives $pairs pairs", async ({ file, options, ...expected }) => {
      const found = await convert(join(folder, "pairwise", file), options);
      table.push({ file, pairs: found.pairs, left: JSON.stringify(found.left) });
      expect(found).toEqual({ code: undefined, left: {}, merged: 0, ...expected });
    });
  });

  // biome-ignore lint/suspicious/noConsole: the table is what somebody runs this for
  afterAll(() => console.table(table));
}

interface Found {
  pairs: number;
  code: string | undefined;
  left: Record<string, number>;
  merged: number;
}

async function convert(path: string, options: PairwiseConvertOptions = {}): Promise<Found> {
  const found: Found = { pairs: 0, code: undefined, left: {}, merged: 0 };
  try {
    for await (const outcome of convertPairwise(rowsOf(path), options)) {
      if (outcome.kind === "pairs") {
        found.pairs += outcome.pairs.length;
        const { transforms } = outcome.pairs[0]!;
        found.merged += transforms.filter((name) => name === "turns-merged").length;
      } else {
        const reason = outcome.kind === "skipped" ? outcome.reason : outcome.issues[0]!.code;
        found.left[reason] = (found.left[reason] ?? 0) + 1;
      }
    }
  } catch (error) {
    if (!DataError.isInstance(error)) {
      throw error;
    }
    found.code = error.code;
  }
  return found;
}

async function* rowsOf(path: string): AsyncGenerator<PairwiseRow> {
  const text = await decodeText(new Uint8Array(readFileSync(path)));
  const isArray = new TextDecoder().decode(text.head.subarray(0, 100)).trimStart().startsWith("[");
  for await (const record of isArray ? readJsonArray(text.chunks) : readJsonLines(text.chunks)) {
    if (!("blank" in record && record.blank === true)) {
      const { issues, byteLength: bytes, ordinal, line } = record;
      yield { value: record.value as JsonValue, at: { source: path, ordinal, line }, issues, bytes };
    }
  }
}
