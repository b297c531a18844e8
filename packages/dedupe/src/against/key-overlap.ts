import { WORDS_PER_KEY } from "@dpo-kit/batch";
import type { KeysOf } from "../duplicates/first-occurrence.ts";
import { createKeyIndex } from "../keys/key-index.ts";
import type { MemoryOptions } from "../spill/memory-options.ts";
import type { HeldOutIndex } from "./held-out-index.ts";

/** Held-out pairs by their keys. */
export function keyOverlap(keysOf: KeysOf, options: MemoryOptions): HeldOutIndex {
  const index = createKeyIndex(options);
  return {
    get size() {
      return index.size;
    },
    add(batch, placeOf) {
      const keys = keysOf(batch);
      for (let pair = 0; pair < batch.count; pair += 1) {
        index.add(keys, pair * WORDS_PER_KEY, placeOf(pair));
      }
    },
    lookUp(batch) {
      const keys = keysOf(batch);
      return (pair) => {
        const place = index.find(keys, pair * WORDS_PER_KEY);
        return place === -1 ? undefined : { place };
      };
    },
    close: () => index.close(),
  };
}
