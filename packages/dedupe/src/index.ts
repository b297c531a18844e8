export {
  type Conflict,
  type ConflictingPair,
  type ConflictKind,
  formatConflict,
} from "./conflicts/conflict.ts";
export type { ConflictOptions, ConflictPolicy, ConflictReducer } from "./conflicts/conflict-options.ts";
export { createConflictReducer } from "./conflicts/conflict-reducer.ts";
export { createExactDedupe } from "./duplicates/exact-dedupe.ts";
export { createNormalisedDedupe } from "./duplicates/normalised-dedupe.ts";
export { createKeyIndex, type KeyIndex } from "./keys/key-index.ts";
export { DEFAULT_MEMORY, type MemoryOptions } from "./spill/memory-options.ts";
export type { SpillFile, SpillStore } from "./spill/spill-store.ts";
