import {
  type PairBatch,
  type Reducer,
  type Replacement,
  type VerdictColumn,
  verdicts,
  WORDS_PER_KEY,
} from "@dpo-kit/batch";
import { createKeyIndex } from "../keys/key-index.ts";
import type { MemoryOptions } from "../spill/memory-options.ts";

/** Gives the keys of a batch by which its pairs are told apart, four words a pair. */
export type KeysOf = (batch: PairBatch) => Uint32Array;

/** A streaming reducer that keeps the first pair of each key and names it where another goes. */
export function keepFirstOccurrence(name: string, keysOf: KeysOf, options: MemoryOptions): Reducer {
  const index = createKeyIndex(options);
  let seen = 0;

  function apply(batch: PairBatch, current: Uint8Array): VerdictColumn {
    const verdict = new Uint8Array(batch.count);
    const insteadOf = new Map<number, Replacement>();
    const keys = keysOf(batch);
    for (let pair = 0; pair < batch.count; pair += 1) {
      const kept = current[pair] === verdicts.keep ? index.add(keys, pair * WORDS_PER_KEY, seen + pair) : -1;
      if (kept !== -1) {
        verdict[pair] = verdicts.duplicate;
        insteadOf.set(pair, { kept });
      }
    }
    seen += batch.count;
    return { verdict, insteadOf };
  }

  return { name, needsAll: false, apply, close: () => index.close() };
}
