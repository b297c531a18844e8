import type { SpillStore } from "./spill-store.ts";

/** How much memory a reducer takes unless told otherwise, in bytes: 1 GB. */
export const DEFAULT_MEMORY = 1e9;

/** How much memory something may take, and where it puts what does not fit. */
export interface MemoryOptions {
  /** About how many bytes. Default: 1 GB. */
  readonly memory?: number | undefined;
  /** Where the rest goes. Default: nowhere, and DEDUPE_MEMORY is thrown when the memory is full. */
  readonly spill?: SpillStore | undefined;
}
