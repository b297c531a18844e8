import { loadBuilt } from "./load-built.ts";
import type { PairTexts } from "./near-pairs.ts";

/** What the scripts use of a `PairBatch`. */
export interface Batch {
  readonly count: number;
  readonly bytes: Uint8Array;
  readonly lineEnd: Uint32Array;
}

interface Encoder {
  add(outcome: object): void;
  readonly full: boolean;
  flush(): Batch;
}

interface BatchModule {
  createPairBatchEncoder(): Promise<Encoder>;
}

/** Batches of pairs. */
export async function makeBatches(pairs: readonly PairTexts[]): Promise<Batch[]> {
  const { createPairBatchEncoder } = await loadBuilt<BatchModule>("batch");
  const encoder = await createPairBatchEncoder();
  const batches: Batch[] = [];
  pairs.forEach((pair, ordinal) => {
    encoder.add(outcomeOf(pair, ordinal));
    while (encoder.full) {
      batches.push(encoder.flush());
    }
  });
  return [...batches, encoder.flush()];
}

function outcomeOf([prompt, preferred, nonPreferred]: PairTexts, ordinal: number): object {
  const example = {
    input: { messages: [{ role: "user", content: prompt }] },
    preferred_output: [{ role: "assistant", content: preferred }],
    non_preferred_output: [{ role: "assistant", content: nonPreferred }],
  };
  const at = { source: "generated", ordinal, line: ordinal + 1 };
  return { kind: "pairs", at, pairs: [{ example, rule: "given", transforms: [] }], dropped: [] };
}
