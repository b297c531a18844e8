import { describe, expect, it } from "vitest";
import { type ChatConvertOptions, signalNames } from "../src/index.ts";
import { convertFiles, realData, realFiles } from "./real-data.ts";

interface Fact {
  readonly path: string;
  readonly options?: ChatConvertOptions;
  readonly conversations: number;
  readonly branchPoints: number;
  readonly pairs: number;
}

const imports = "chat/lotblocks+DumeeApp/api/server/utils/import/__data__";
const kept: ChatConvertOptions = { signals: ["kept"] };
const all: ChatConvertOptions = { signals: signalNames };
const deepseekChat =
  "chat/ceyaima+deepseek-exporter/samples/DeepSeek - test_chat_raw_2025-11-22T15-53-07.json";

const oasst = "pairwise/LAION-AI+Open-Assistant/model/model_eval/manual/data/en_100_tree.jsonl";

const facts: readonly Fact[] = [
  { path: `${imports}/librechat-tree.json`, options: kept, conversations: 1, branchPoints: 1, pairs: 1 },
  { path: `${imports}/librechat-tree.json`, conversations: 1, branchPoints: 1, pairs: 0 },
  {
    path: `${imports}/librechat-opts-nonr-branches.json`,
    options: all,
    conversations: 1,
    branchPoints: 1,
    pairs: 0,
  },
  { path: `${imports}/librechat-linear.json`, options: all, conversations: 1, branchPoints: 0, pairs: 0 },
  { path: `${imports}/librechat-export.json`, options: all, conversations: 1, branchPoints: 0, pairs: 0 },
  { path: deepseekChat, options: kept, conversations: 1, branchPoints: 3, pairs: 1 },
  {
    path: "chat/ceyaima+deepseek-exporter/samples/DeepSeek - test_chat_2025-11-22T15-53-10.json",
    options: kept,
    conversations: 3,
    branchPoints: 3,
    pairs: 1,
  },
  { path: deepseekChat, conversations: 1, branchPoints: 3, pairs: 0 },
  {
    path: "chat/danny-avila+LibreChat/api/server/utils/import/__data__/openwebui-export.json",
    options: all,
    conversations: 3,
    branchPoints: 0,
    pairs: 0,
  },
  {
    path: "chat/Sinity+polylogue/tests/fixtures/origin-capability/claude-ai-export.json",
    options: all,
    conversations: 1,
    branchPoints: 0,
    pairs: 0,
  },
  { path: oasst, conversations: 100, branchPoints: 214, pairs: 212 },
  { path: oasst, options: all, conversations: 100, branchPoints: 214, pairs: 212 },
  {
    path: oasst,
    options: { policy: { pairs: "all" } },
    conversations: 100,
    branchPoints: 214,
    pairs: 754,
  },
  ...["00", "01"].map((number) => ({
    path: `chat/Sinity+polylogue/polylogue/schemas/providers/claude-ai/representatives/sample-${number}.json`,
    options: all,
    conversations: 1,
    branchPoints: 0,
    pairs: 0,
  })),
];

describe.runIf(realData !== undefined)("real exports of trees", () => {
  it.each(facts)("$path: $branchPoints branch points, $pairs pairs", async (fact) => {
    const { counts, pairs } = await convertFiles(realFiles([fact.path]), fact.options);
    const { conversations, branchPoints } = counts;
    expect({ conversations, branchPoints, pairs: pairs.length }).toEqual({
      conversations: fact.conversations,
      branchPoints: fact.branchPoints,
      pairs: fact.pairs,
    });
  });

  it("of DeepSeek: answer 6 is kept over answer 5, off the active path", async () => {
    const { pairs } = await convertFiles(realFiles([deepseekChat]), kept);
    expect(pairs.map((sides) => sides.map((text) => String(text).slice(0, 14)))).toEqual([
      ["Okay, breathe.", "Okay. Breathe."],
    ]);
  });
});

if (realData === undefined) {
  it.skip("real exports of trees: are not at hand: set DPO_REAL_DATA to the folder that holds chat/", () => {});
}
