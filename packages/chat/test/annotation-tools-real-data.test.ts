import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { fileOf } from "./chat-fixtures.ts";
import { convertFiles, isThere, realData, realFiles } from "./real-data.ts";

const votes = "chat/HumanSignal+RLHF/tutorials/ls_output_data.json";
const chat =
  "chat/HumanSignal+label-studio-sdk/tests/custom/converter/data/test_export_json_min/chat_data.json";
const evaluations = "chat/Labelbox+labelbox-python/libs/labelbox/tests/data/assets/ndjson/mmc_import.json";

describe.runIf(realData !== undefined)("real exports of annotation tools", () => {
  it.runIf(realData !== undefined && isThere(votes))(
    "Label Studio: 32 votes, two of which have an empty answer",
    async () => {
      const { counts, pairs } = await convertFiles(realFiles([votes]));
      expect(counts.judgements.get("vote")).toBe(32);
      expect(Object.fromEntries(counts.dropped)).toEqual({ empty: 2 });
      expect(pairs.length).toBe(30);
    },
  );

  it("Label Studio: a chat that an annotator wrote compares nothing", async () => {
    const { outcomes } = await convertFiles(realFiles([chat]));
    expect(outcomes).toMatchObject([{ kind: "skipped", reason: "no-comparison" }]);
  });

  it("Labelbox: annotations name messages, whose texts must come with them", async () => {
    await expect(convertFiles(realFiles([evaluations]))).rejects.toMatchObject({
      code: "CHAT_SIDECAR_ALONE",
    });
  });

  it("Labelbox: the order 1 is the best", async () => {
    const [, , ranking] = JSON.parse(readFileSync(join(realData!, evaluations), "utf8"));
    const { parentMessageId, rankedMessages } = ranking.messageEvaluationTask.data;
    const [first, second] = rankedMessages as { messageId: string }[];
    const messages = {
      [parentMessageId]: { role: "user", content: "Capital of France?" },
      [second!.messageId]: { role: "assistant", content: "Lyon." },
      [first!.messageId]: { role: "assistant", content: "Paris." },
    };
    const row = { dataRow: { ...ranking.dataRow, messages } };
    const { pairs } = await convertFiles([fileOf([row, ranking])], { from: "labelbox" });
    expect(pairs).toEqual([["Paris.", "Lyon."]]);
  });
});

if (realData === undefined) {
  it.skip("real exports of annotation tools: are not at hand: set DPO_REAL_DATA to the folder that holds chat/", () => {});
}
