import { describe, expect, it } from "vitest";
import { signalNames } from "../src/index.ts";
import { convertFiles, realData, realFiles } from "./real-data.ts";

const skeletons = "chat/_skeletons";
const imports = "chat/lotblocks+DumeeApp/api/server/utils/import/__data__";

describe.runIf(realData !== undefined)("real ChatGPT exports", () => {
  it("join every thumb by its message, however the conversation's id is written", async () => {
    const { counts } = await convertFiles(
      realFiles(
        ["conversations.json", "message_feedback.json"].map((name) => `${skeletons}/chatgpt-2023-09/${name}`),
      ),
    );
    expect(counts.joins.get("message feedback")).toEqual({ entries: 12, joined: 12 });
    // One answer was rated twice: in the old generation, and again in the newer one.
    expect(counts.loneThumbs).toBe(11);
    expect(counts.conversations).toBe(55);
    expect(counts.branchPoints).toBe(4);
  });

  it("keep one of four branch points by going on", async () => {
    const files = realFiles([`${skeletons}/chatgpt-2023-09/conversations.json`]);
    const { counts } = await convertFiles(files, { signals: ["kept"] });
    expect(Object.fromEntries(counts.pairs)).toEqual({ kept: 1 });
  });

  it.each([
    { month: "2023-09", pairs: 0, dropped: { unfinished: 1 } },
    { month: "2023-12", pairs: 1, dropped: { unfinished: 2 } },
    { month: "2024-12a", pairs: 2, dropped: { "tool-turn": 2, media: 1 } },
    { month: "2024-12a", media: "marker" as const, pairs: 3, dropped: { "tool-turn": 2 } },
  ])("of $month hold votes with their texts: $pairs pairs", async ({ month, media, pairs, dropped }) => {
    const files = realFiles([`${skeletons}/chatgpt-${month}/model_comparisons.json`]);
    const converted = await convertFiles(files, { media });
    expect(converted.pairs.length).toBe(pairs);
    expect(Object.fromEntries(converted.counts.dropped)).toEqual(dropped);
  });

  it("of 2025 hold votes by ids only, which need the conversations", async () => {
    const files = realFiles([`${skeletons}/chatgpt-2025-01/model_comparisons.json`]);
    await expect(convertFiles(files)).rejects.toMatchObject({ code: "CHAT_SIDECAR_ALONE" });
  });

  it.each([
    { path: `${imports}/chatgpt-tree.json`, branchPoints: 1 },
    { path: "chat/minhyeong112+h20/api/server/utils/import/__data__/chatgpt-tree.json", branchPoints: 1 },
    { path: `${imports}/chatgpt-export.json`, branchPoints: 0 },
    { path: `${imports}/chatgpt-citations.json`, branchPoints: 0 },
    { path: "chat/mitkury+chatgpt-export-parser/tests/example-conversation.json", branchPoints: 0 },
    {
      path: "chat/danny-avila+LibreChat/api/server/utils/import/__data__/chatgpt-modern-export.json",
      branchPoints: 0,
    },
    { path: "chat/Sinity+polylogue/tests/fixtures/chatgpt/native-conversation-v1.json", branchPoints: 1 },
  ])("$path: $branchPoints branch points, no pair", async ({ path, branchPoints }) => {
    const { counts, pairs } = await convertFiles(realFiles([path]), { signals: signalNames });
    expect(counts.branchPoints).toBe(branchPoints);
    expect(pairs).toEqual([]);
  });
});

if (realData === undefined) {
  it.skip("real ChatGPT exports: are not at hand: set DPO_REAL_DATA to the folder that holds chat/", () => {});
}
