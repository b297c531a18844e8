import {
  concatKeys,
  createKeyHasher,
  type KeyHasher,
  type PairBatch,
  type Replacement,
  verdicts,
  WORDS_PER_KEY,
} from "@dpo-kit/batch";
import { createKeyIndex } from "../keys/key-index.ts";
import type { MemoryOptions } from "../spill/memory-options.ts";
import type { ConflictReducer } from "./conflict-options.ts";

/** The streaming reducer of the policy `keep-first`. */
export async function createKeepFirst(options: MemoryOptions): Promise<ConflictReducer> {
  const hasher = await createKeyHasher();
  const index = createKeyIndex(options);
  const counts = { "same-answer": 0, contradiction: 0, cycle: 0 };
  const stated = new Uint32Array(WORDS_PER_KEY);
  const opposite = new Uint32Array(WORDS_PER_KEY);
  let seen = 0;

  /** The number of the kept pair that a pair contradicts; its own where it contradicts itself, else -1. */
  function contradicted(batch: PairBatch, pair: number): number {
    writePreferenceKeys(hasher, { batch, pair, stated, opposite });
    const isSame = stated.every((word, at) => word === opposite[at]);
    const kept = isSame ? seen + pair : index.find(opposite, 0);
    if (kept === -1) {
      index.add(stated, 0, seen + pair);
    }
    return kept;
  }

  return {
    name: "conflicts",
    needsAll: false,
    counts,
    apply(batch, current) {
      const verdict = new Uint8Array(batch.count);
      const insteadOf = new Map<number, Replacement>();
      for (let pair = 0; pair < batch.count; pair += 1) {
        const kept = current[pair] === verdicts.keep ? contradicted(batch, pair) : -1;
        if (kept === -1) {
          continue;
        }
        verdict[pair] = verdicts.conflict;
        if (kept === seen + pair) {
          counts["same-answer"] += 1;
        } else {
          counts.contradiction += 1;
          insteadOf.set(pair, { kept });
        }
      }
      seen += batch.count;
      return { verdict, insteadOf };
    },
    close: () => index.close(),
  };
}

/** Writes the keys over prompt and answers, in the order stated and in the opposite one. */
function writePreferenceKeys(
  hasher: KeyHasher,
  to: { batch: PairBatch; pair: number; stated: Uint32Array; opposite: Uint32Array },
): void {
  const { promptKey, preferredKey, nonPreferredKey } = to.batch;
  hasher.writeKey(concatKeys([promptKey, preferredKey, nonPreferredKey], to.pair), to.stated, 0);
  hasher.writeKey(concatKeys([promptKey, nonPreferredKey, preferredKey], to.pair), to.opposite, 0);
}
