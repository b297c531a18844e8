export { type AgainstOptions, type AgainstReducer, createAgainst } from "./against/against-reducer.ts";
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
export { createNearClusters, type NearClusters } from "./near/near-clusters.ts";
export { createNearDedupe, DEFAULT_ALLOWED_REMOVAL, type NearDedupeOptions } from "./near/near-dedupe.ts";
export { DEFAULT_NEAR_THRESHOLD, type NearOptions } from "./near/near-options.ts";
export type { NearOn } from "./near/pair-parts.ts";
export { DEFAULT_MEMORY, type MemoryOptions } from "./spill/memory-options.ts";
export type { SpillFile, SpillStore } from "./spill/spill-store.ts";
