import { type PairBatch, type Reducer, type VerdictColumn, verdicts } from "@dpo-kit/batch";
import { eachKept } from "./pair-entries.ts";
import { invalidSplit } from "./split-bounds.ts";

/**
 * Keeps the first pairs in the order of the input, and samples the others out.
 *
 * @param count how many, a whole number from 0.
 * @throws SPLIT_INVALID
 */
export function createPairLimit(count: number): Reducer {
  if (!Number.isSafeInteger(count) || count < 0) {
    throw invalidSplit(`The limit is ${count}; it must be a whole number from 0`);
  }
  let seen = 0;

  function apply(batch: PairBatch, current: Uint8Array): VerdictColumn {
    const verdict = new Uint8Array(batch.count);
    eachKept(batch, current, (pair) => {
      verdict[pair] = seen < count ? verdicts.keep : verdicts.sampledOut;
      seen += 1;
    });
    return { verdict };
  }

  return { name: "limit", needsAll: false, apply };
}
