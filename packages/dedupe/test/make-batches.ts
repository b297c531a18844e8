import { createPairBatchEncoder, type PairBatch } from "@dpo-kit/batch";
import type { DpoExample, Message } from "@dpo-kit/schema";

/** A pair as a test states it. */
export interface StatedPair {
  readonly system?: string;
  readonly prompt: string;
  readonly preferred: string;
  readonly nonPreferred: string;
}

/** The canonical example of a stated pair. */
export function exampleOf({ system, prompt, preferred, nonPreferred }: StatedPair): DpoExample {
  const messages: Message[] = system === undefined ? [] : [{ role: "system", content: system }];
  return {
    input: { messages: [...messages, { role: "user", content: prompt }] },
    preferred_output: [{ role: "assistant", content: preferred }],
    non_preferred_output: [{ role: "assistant", content: nonPreferred }],
  };
}

/** Batches of stated pairs: `sizes` says in turn how many each has; the rest is one batch. */
export async function makeBatches(
  pairs: readonly StatedPair[],
  sizes: readonly number[] = [],
): Promise<PairBatch[]> {
  const encoder = await createPairBatchEncoder({ maxBytes: 2 ** 26 });
  const batches: PairBatch[] = [];
  let room = sizes[0] ?? Number.POSITIVE_INFINITY;
  pairs.forEach((stated, ordinal) => {
    const pair = { example: exampleOf(stated), rule: "given" as const, transforms: [] };
    const at = { source: "test", ordinal, line: ordinal + 1 };
    encoder.add({ kind: "pairs", at, pairs: [pair], dropped: [] });
    room -= 1;
    if (room <= 0) {
      batches.push(encoder.flush());
      room = sizes[batches.length] ?? Number.POSITIVE_INFINITY;
    }
  });
  return [...batches, encoder.flush()];
}
