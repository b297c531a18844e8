import { createKeyTable, type KeyTable, type PairBatch, WORDS_PER_KEY } from "@dpo-kit/batch";
import type { DuplicateCounts } from "./conversion-result.ts";
import { preferenceKey } from "./preference-key.ts";

/** How much memory the keys of one run may take for counting alone, in bytes. */
export const COUNTING_MEMORY: number = 256 * 2 ** 20;

/** Counts exact duplicates and direct reversals among all lines of a run. It removes nothing. */
export interface DuplicateCounter {
  observe(batch: PairBatch): void;
  counts(): DuplicateCounts;
}

/**
 * A counter that keeps one key for each line and one for each preference, up to `maxBytes` (default 256 MB);
 * beyond that its counts are a lower bound.
 */
export function createDuplicateCounter(maxBytes: number = COUNTING_MEMORY): DuplicateCounter {
  const lines = createKeyTable({ maxBytes: maxBytes / 2 });
  const preferences = createKeyTable({ maxBytes: maxBytes / 2 });
  const key = new Uint32Array(WORDS_PER_KEY);
  let exact = 0;
  let reversed = 0;
  return {
    observe(batch) {
      for (let pair = 0; pair < batch.count; pair += 1) {
        if (lines.add(batch.lineKey, pair * WORDS_PER_KEY, 0) !== -1) {
          exact += 1;
          continue;
        }
        reversed += seenReversed(preferences, key, batch, pair) ? 1 : 0;
        preferenceKey(key, batch, pair, false);
        preferences.add(key, 0, 0);
      }
    },
    counts: () => ({ exact, reversed, lowerBound: lines.saturated || preferences.saturated }),
  };
}

function seenReversed(table: KeyTable, key: Uint32Array, batch: PairBatch, pair: number): boolean {
  preferenceKey(key, batch, pair, true);
  return table.has(key, 0);
}
