import { describe, expect, it } from "vitest";
import { convertFiles, isThere, realData, realFiles } from "./real-data.ts";

const votes = "chat/HumanSignal+RLHF/tutorials/ls_output_data.json";
const chat =
  "chat/HumanSignal+label-studio-sdk/tests/custom/converter/data/test_export_json_min/chat_data.json";

describe.runIf(realData !== undefined)("real exports of Label Studio", () => {
  it.runIf(realData !== undefined && isThere(votes))(
    "hold 32 votes, two of which have an empty answer",
    async () => {
      const { counts, pairs } = await convertFiles(realFiles([votes]));
      expect(counts.judgements.get("vote")).toBe(32);
      expect(Object.fromEntries(counts.dropped)).toEqual({ empty: 2 });
      expect(pairs.length).toBe(30);
    },
  );

  it("of chats that annotators wrote hold nothing to compare", async () => {
    const { outcomes } = await convertFiles(realFiles([chat]));
    expect(outcomes).toMatchObject([{ kind: "skipped", reason: "no-comparison" }]);
  });
});

describe.runIf(realData === undefined)("real exports of Label Studio", () => {
  it("are not at hand: set DPO_REAL_DATA to the folder that holds chat/", () => {
    expect(realData).toBeUndefined();
  });
});
