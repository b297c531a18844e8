import { createPairBatchEncoder, encodeOutcomes, type PairBatch } from "@dpo-kit/batch";
import type { Outcome } from "@dpo-kit/preference";

/** A pair as a test states it. */
export interface StatedPair {
  prompt: string;
  preferred: string;
  nonPreferred: string;
}

/** Batches of stated pairs, small enough that there are several. */
export async function makeBatches(pairs: readonly StatedPair[], maxBytes = 400): Promise<PairBatch[]> {
  const encoder = await createPairBatchEncoder({ maxBytes });
  const outcomes = pairs.map(
    ({ prompt, preferred, nonPreferred }, ordinal): Outcome => ({
      kind: "pairs",
      at: { source: "test", ordinal, line: ordinal + 2 },
      pairs: [
        {
          example: {
            input: { messages: [{ role: "user", content: prompt }] },
            preferred_output: [{ role: "assistant", content: preferred }],
            non_preferred_output: [{ role: "assistant", content: nonPreferred }],
          },
          rule: "given",
          transforms: [],
        },
      ],
      dropped: [],
    }),
  );
  const batches: PairBatch[] = [];
  for await (const batch of encodeOutcomes(outcomes, encoder)) {
    batches.push(batch);
  }
  return batches;
}

/** What was put in, as an async source. */
export async function* inOrder<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}
