import { concatKeys, createKeyHasher, type Reducer, WORDS_PER_KEY } from "@dpo-kit/batch";
import type { MemoryOptions } from "../spill/memory-options.ts";
import { type KeysOf, keepFirstOccurrence } from "./first-occurrence.ts";

/**
 * As {@link createExactDedupe}, but pairs are the same whose prompt, preferred and non-preferred answer are each
 * the same after folding: whatever their case and white space, and whatever their tools (`docs/keys.md`).
 */
export async function createNormalisedDedupe(options: MemoryOptions = {}): Promise<Reducer> {
  return keepFirstOccurrence("normalised-dedupe", await normalisedKeys(), options);
}

/** Gives the key over the three folded keys of each pair (`docs/keys.md`, "A key"). */
export async function normalisedKeys(): Promise<KeysOf> {
  const hasher = await createKeyHasher();
  return ({ count, promptKey, preferredKey, nonPreferredKey }) => {
    const keys = new Uint32Array(count * WORDS_PER_KEY);
    for (let pair = 0; pair < count; pair += 1) {
      const bytes = concatKeys([promptKey, preferredKey, nonPreferredKey], pair);
      hasher.writeKey(bytes, keys, pair * WORDS_PER_KEY);
    }
    return keys;
  };
}
