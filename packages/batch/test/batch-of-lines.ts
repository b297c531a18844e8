import { createPairBatchEncoder, type PairBatch } from "../src/index.ts";

/** A batch of so many different lines, of different lengths. */
export async function batchOfLines(count: number): Promise<PairBatch> {
  const encoder = await createPairBatchEncoder();
  for (let line = 0; line < count; line += 1) {
    encoder.add({
      kind: "pairs",
      at: { source: "test.csv", ordinal: line },
      pairs: [
        {
          example: {
            input: { messages: [{ role: "user", content: `Frage ${"ä".repeat(line)}?` }] },
            preferred_output: [{ role: "assistant", content: `Yes ${line}` }],
            non_preferred_output: [{ role: "assistant", content: `No ${line}` }],
          },
          rule: "given",
          transforms: [],
        },
      ],
      dropped: [],
    });
  }
  return encoder.flush();
}
