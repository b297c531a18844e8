import { createPairBatchEncoder, type PairBatch, type Provenance } from "@dpo-kit/batch";
import type { DpoExample, Message } from "@dpo-kit/schema";
import fc from "fast-check";

/** What the tests say of a pair. Pairs of the same facts are the same line. */
export interface PairFacts {
  readonly prompt: string;
  readonly answer?: string;
  readonly earlier?: readonly Message[];
  readonly margin?: number;
  readonly topic?: string;
}

/** Pairs of few prompts and topics, so that groups have several pairs and cross each other. */
export const arbitraryPair: fc.Arbitrary<PairFacts> = fc.record({
  prompt: fc.nat(12).map((number) => `prompt ${number}`),
  answer: fc.nat(3).map((number) => `answer ${number}`),
  topic: fc.constantFrom("", "a", "b", "__proto__"),
});

/** Batches of at most `size` pairs. */
export async function batchesOf(pairs: readonly PairFacts[], size = 1000): Promise<PairBatch[]> {
  const encoder = await createPairBatchEncoder({
    groupColumns: ["topic"],
    checks: noChecks,
    maxBytes: 2 ** 30,
  });
  const batches: PairBatch[] = [];
  for (let start = 0; start < pairs.length; start += size) {
    pairs.slice(start, start + size).forEach((facts, index) => {
      const at = { source: "test", ordinal: start + index };
      encoder.add({ kind: "pairs", at, dropped: [], pairs: [pairOf(facts)] });
    });
    batches.push(encoder.flush());
  }
  return batches;
}

const noChecks = { validate: () => [], acceptedBy: () => 0 };

function pairOf({ margin, topic, ...facts }: PairFacts) {
  const provenance: Provenance = topic === undefined ? {} : { topic };
  const example = exampleOf(facts);
  return { example, rule: "given", transforms: [], provenance, ...(margin === undefined ? {} : { margin }) };
}

export function exampleOf({ prompt, answer = "yes", earlier = [] }: PairFacts): DpoExample {
  return {
    input: { messages: [...earlier, { role: "user", content: prompt }] },
    preferred_output: [{ role: "assistant", content: answer }],
    non_preferred_output: [{ role: "assistant", content: "no" }],
  };
}
