import { createPairBatchEncoder, type PairBatch, type Provenance } from "@dpo-kit/batch";
import type { DpoExample } from "@dpo-kit/schema";

/** A pair as a test states it. */
export interface StatedPair {
  readonly prompt: string;
  readonly preferred: string;
  readonly nonPreferred: string;
  readonly provenance?: Provenance;
}

/** An example, and what is known of its origin. */
export interface SourcedExample {
  readonly example: DpoExample;
  readonly provenance?: Provenance;
}

/** The canonical example of a stated pair. */
export function exampleOf({ prompt, preferred, nonPreferred }: StatedPair): DpoExample {
  return {
    input: { messages: [{ role: "user", content: prompt }] },
    preferred_output: [{ role: "assistant", content: preferred }],
    non_preferred_output: [{ role: "assistant", content: nonPreferred }],
  };
}

/** One batch of stated pairs. */
export function batchOf(pairs: readonly StatedPair[], groupColumns?: readonly string[]): Promise<PairBatch> {
  const examples = pairs.map((pair) => ({
    example: exampleOf(pair),
    ...(pair.provenance === undefined ? {} : { provenance: pair.provenance }),
  }));
  return encodeBatch(examples, { groupColumns: groupColumns ?? [] });
}

/** Where the pairs of a batch are, and by what they are grouped. */
export interface BatchOptions {
  /** The ordinal of the first. Default: 0. */
  readonly first?: number;
  readonly groupColumns?: readonly string[];
}

/** One batch of examples, one pair a record, checked by nothing. */
export async function encodeBatch(
  examples: readonly SourcedExample[],
  { first = 0, groupColumns = [] }: BatchOptions = {},
): Promise<PairBatch> {
  const checks = { validate: () => [], acceptedBy: () => 0 };
  const encoder = await createPairBatchEncoder({ maxBytes: 2 ** 28, groupColumns, checks });
  examples.forEach(({ example, provenance }, index) => {
    const ordinal = first + index;
    const pair = {
      example,
      rule: "given",
      transforms: [],
      ...(provenance === undefined ? {} : { provenance }),
    };
    encoder.add({
      kind: "pairs",
      at: { source: "test", ordinal, line: ordinal + 1 },
      pairs: [pair],
      dropped: [],
    });
  });
  return encoder.flush();
}
