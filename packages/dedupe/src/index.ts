export { createExactDedupe } from "./duplicates/exact-dedupe.ts";
export { createNormalisedDedupe } from "./duplicates/normalised-dedupe.ts";
export { createKeyIndex, DEFAULT_MEMORY, type KeyIndex, type MemoryOptions } from "./keys/key-index.ts";
export type { SpillFile, SpillStore } from "./spill/spill-store.ts";
