import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { runConversion } from "../src/node.ts";
import { workspace } from "./workspace.ts";

const folder = process.env.DPO_REAL_DATA;

/** Parquet copies of real files, the files they are copies of, and the pairs in them. */
const twins = [
  ["hh_harmless_test.snappy.parquet", "anthropics+hh-rlhf/harmless-base/test.jsonl.gz", 2308],
  ["llamafactory_dpo_en_demo.uncompressed.parquet", "hiyouga+LLaMA-Factory/data/dpo_en_demo.json", 300],
] as const;

/** One real file of each family of shapes, and the pairs that are known to be in it. */
const counts = [
  ["shibing624+MedicalGPT/data/reward/toolcall_dpo_zh_demo.jsonl", 11, {}],
  ["princeton-nlp+LLMBar/Dataset/Processed/LLMEval^2/dataset.json", 198, {}],
  ["THU-KEG+Agentic-Reward-Modeling/data/IFBench/data.converted.json", 444, {}],
  ["LAION-AI+Open-Assistant/model/model_eval/manual/data/en_100_tree.jsonl", 212, {}],
  ["LAION-AI+Open-Assistant/model/model_eval/manual/data/en_100_tree.jsonl", 429, { pairs: "adjacent" }],
  ["LAION-AI+Open-Assistant/model/model_eval/manual/data/en_100_tree.jsonl", 754, { pairs: "all" }],
] as const;

if (folder === undefined) {
  test.skip("real datasets: skipped because DPO_REAL_DATA does not name the folder of real files", () => {});
} else {
  const real = (name: string): string => join(folder, "pairwise", name);

  describe("real datasets", () => {
    test.each(twins)("%s gives the bytes of its JSON twin", async (parquet, json, pairs) => {
      const place = await workspace();
      const outputs = await Promise.all(
        [`_parquet/${parquet}`, json].map(async (name, index) => {
          expect(existsSync(real(name))).toBe(true);
          const output = place.path(`${index}.jsonl`);
          const { ledgers } = await runConversion({ inputs: [real(name)], output });
          expect(ledgers.pairs.total).toBe(pairs);
          return place.read(`${index}.jsonl`);
        }),
      );
      expect(outputs[0]).toBe(outputs[1]);
    });

    test.each(counts)("%s gives %i pairs", async (name, pairs, options) => {
      const place = await workspace();
      const { ledgers } = await runConversion({
        inputs: [real(name)],
        output: place.path("out.jsonl"),
        ...options,
      });
      expect(ledgers.pairs.total).toBe(pairs);
    });
  });
}
