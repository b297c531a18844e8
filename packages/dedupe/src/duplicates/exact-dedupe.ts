import type { Reducer } from "@dpo-kit/batch";
import type { MemoryOptions } from "../spill/memory-options.ts";
import { keepFirstOccurrence } from "./first-occurrence.ts";

/**
 * A streaming reducer that keeps the first of lines that are the same byte for byte (`lineKey`). The others are
 * duplicates, and `insteadOf` names the number of the one kept. Only pairs that still stand are looked at.
 *
 * Takes 24 bytes a slot, about 40 a distinct line, up to `memory`; then keys go to `spill`. The verdicts are the
 * same for any memory and any cut into batches. `apply` throws DEDUPE_MEMORY where there is no `spill`, and
 * IO_WRITE_FAILED where it is full.
 */
export function createExactDedupe(options: MemoryOptions = {}): Reducer {
  return keepFirstOccurrence("exact-dedupe", (batch) => batch.lineKey, options);
}
