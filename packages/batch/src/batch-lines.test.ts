import { describe, expect, it } from "vitest";
import { batchOfLines } from "../test/batch-of-lines.ts";
import { decodeSpan, lineBytes, lineText, transferablesOf } from "./batch-lines.ts";
import { createPairBatchEncoder } from "./encoder/pair-batch-encoder.ts";

describe("lines of a batch", () => {
  it("are read as bytes with and as text without their end", async () => {
    const batch = await batchOfLines(3);
    const text = lineText(batch, 1);
    expect(JSON.parse(text)).toMatchObject({ input: { messages: [{ role: "user", content: "Frage ä?" }] } });
    expect(new TextDecoder().decode(lineBytes(batch, 1))).toBe(`${text}\n`);
    expect(lineBytes(batch, 0)[0]).toBe("{".charCodeAt(0));
    expect(lineBytes(batch, 2).at(-1)).toBe(0x0a);
  });

  it("are decoded in parts", async () => {
    const batch = await batchOfLines(3);
    expect(decodeSpan(batch, 2, "messages")).toEqual([{ role: "user", content: "Frage ää?" }]);
    expect(decodeSpan(batch, 2, "tools")).toEqual([]);
    expect(decodeSpan(batch, 2, "preferred")).toEqual([{ role: "assistant", content: "Yes 2" }]);
    expect(decodeSpan(batch, 2, "nonPreferred")).toEqual([{ role: "assistant", content: "No 2" }]);
  });
});

describe("transferablesOf", () => {
  it("are all the buffers, so that a batch goes to another thread as it is", async () => {
    const encoder = await createPairBatchEncoder({ groupColumns: ["model"], keepProvenance: true });
    const example = {
      input: { messages: [{ role: "user" as const, content: "Hi" }] },
      preferred_output: [{ role: "assistant" as const, content: "Hello" }],
      non_preferred_output: [{ role: "assistant" as const, content: "No" }],
    };
    const pair = { example, rule: "given", transforms: [], provenance: { model: "m" } };
    encoder.add({ kind: "pairs", at: { source: "x" }, pairs: [pair], dropped: [{ reason: "tie" }] });
    const batch = encoder.flush();
    const before = structuredClone(batch);
    const moved = structuredClone(batch, { transfer: transferablesOf(batch) });
    expect(moved).toEqual(before);
    const emptied = [batch.bytes, batch.spans, batch.margin, batch.acceptedBy, batch.groups[0]!.hash];
    expect(emptied.map((column) => column.length)).toEqual([0, 0, 0, 0, 0]);
    expect(transferablesOf(moved)).toHaveLength(16);
  });
});
