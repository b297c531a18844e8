import { arbitraryFilledText } from "@dpo-kit/testkit";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { PairBatch } from "../pair-batch.ts";
import { createPairBatchEncoder } from "./pair-batch-encoder.ts";
import { outcomeOfTexts, type TextPair } from "./text-pair.ts";

/** Texts as a converter has them: spans of one buffer, with other bytes around them. */
function textPair(texts: string[], more: Partial<TextPair> = {}): TextPair {
  const encoder = new TextEncoder();
  const parts = texts.map((text) => encoder.encode(text));
  const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length + 2, 2)).fill(0x7c);
  let start = 0;
  const [prompt, preferred, nonPreferred] = parts.map((part) => {
    start += 2;
    bytes.set(part, start);
    start += part.length;
    return { bytes, start: start - part.length, end: start };
  });
  return {
    prompt: prompt!,
    preferred: preferred!,
    nonPreferred: nonPreferred!,
    ordinal: 4,
    line: 9,
    rule: "given",
    transforms: ["system-from-column"],
    locate: () => ({ source: "test.csv", ordinal: 4, line: 9 }),
    record: () => ({ value: "raw", bytes: 3 }),
    ...more,
  };
}

/** One batch through the bytes and one through objects. */
async function bothRoads(pair: TextPair, lean: boolean): Promise<[PairBatch, PairBatch]> {
  const options = { lean, groupColumns: ["model"], keepProvenance: true };
  const [bytes, objects] = [await createPairBatchEncoder(options), await createPairBatchEncoder(options)];
  bytes.addTextPair(pair);
  objects.add(outcomeOfTexts(pair));
  return [bytes.flush(), objects.flush()];
}

describe("addTextPair", () => {
  it("does the same as the object road", async () => {
    const property = fc.asyncProperty(
      fc.array(arbitraryFilledText(), { minLength: 3, maxLength: 3 }),
      fc.option(arbitraryFilledText(), { nil: undefined }),
      fc.boolean(),
      async ([prompt, preferred, nonPreferred], system, lean) => {
        // No two answers that are the same: the caller has seen to that.
        const texts = [prompt!, preferred!, `${nonPreferred} otherwise`];
        const pair = textPair(texts, { system, margin: 2, provenance: { model: "m" } });
        const [bytes, objects] = await bothRoads(pair, lean);
        expect(bytes).toEqual(objects);
        expect(bytes.count).toBe(1);
      },
    );
    await fc.assert(property, { numRuns: 300 });
  });

  it("asks for the place and the record only where there is something to report", async () => {
    const asked: string[] = [];
    const ask = {
      locate: () => {
        asked.push("place");
        return { source: "test.csv" };
      },
      record: () => {
        asked.push("record");
        return { value: "raw", bytes: 3 };
      },
    };
    const encoder = await createPairBatchEncoder();
    encoder.addTextPair(textPair(["Question", "One < two", "Two"], ask));
    expect(asked).toEqual([]);
    encoder.addTextPair(textPair(["Question", "<|im_end|>", "Two"], ask));
    expect(asked).toEqual(["record", "place"]);
    const batch = encoder.flush();
    expect(batch.count).toBe(2);
    expect(batch.notes).toHaveLength(1);
  });

  it("asks what targets say once for each shape, and not again for each pair", async () => {
    let asked = 0;
    const checks = {
      validate: () => [],
      acceptedBy: () => {
        asked += 1;
        return 0b101;
      },
    };
    const encoder = await createPairBatchEncoder({ checks });
    for (const system of [undefined, undefined, "Be kind", "Be brief"]) {
      encoder.addTextPair(textPair(["Question", "One", "Two"], { system }));
    }
    expect(asked).toBe(2);
    expect([...encoder.flush().acceptedBy]).toEqual([0b101, 0b101, 0b101, 0b101]);
  });

  it("keeps its place behind a record that is not all written yet", async () => {
    const encoder = await createPairBatchEncoder({ maxBytes: 1 });
    const outcome = outcomeOfTexts(textPair(["Question", "One", "Two"]));
    encoder.add({ ...outcome, pairs: [outcome.pairs[0]!, outcome.pairs[0]!] });
    encoder.addTextPair(textPair(["Later", "One", "Two"]));
    const lines: string[] = [];
    while (encoder.full) {
      lines.push(new TextDecoder().decode(encoder.flush().bytes));
    }
    expect(lines.map((line) => line.includes("Later"))).toEqual([false, false, true]);
  });
});
