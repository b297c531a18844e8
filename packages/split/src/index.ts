export type { GroupBy } from "./group-keys.ts";
export { createHashSplit, type HashSplitOptions } from "./hash-split.ts";
export { RATIO_TOLERANCE } from "./split-bounds.ts";
export { type SplitName, type SplitShare, splitNames } from "./split-names.ts";
export type { SplitReducer, Stability } from "./split-reducer.ts";
