export { type CountSampleOptions, createCountSample } from "./count-sample.ts";
export { createExactSplit, type ExactSplitOptions, type SplitCount } from "./exact-split.ts";
export type { GroupBy } from "./group-keys.ts";
export { createHashSplit, type HashSplitOptions } from "./hash-split.ts";
export {
  createLeakCheck,
  type LeakCheck,
  type LeakFile,
  type LeakOverlap,
  type LeakPlace,
  type LeakReport,
} from "./leak-check.ts";
export { leakIssues } from "./leak-issues.ts";
export { type CreateLineSorter, type LineSorter, memoryLineSorters } from "./line-sorter.ts";
export {
  createMaxPairsPerPrompt,
  MAX_PAIRS_REASON,
  type MaxPairsPerPromptOptions,
} from "./max-pairs-per-prompt.ts";
export { type ClusterKeyOf, createNearSplit, type NearSplitOptions } from "./near-split.ts";
export { createPairLimit } from "./pair-limit.ts";
export { DEFAULT_SEED } from "./seed.ts";
export { createShareSample, type SampleReducer, type ShareSampleOptions } from "./share-sample.ts";
export { createShuffle, type Shuffle, type ShuffleOptions } from "./shuffle.ts";
export { RATIO_TOLERANCE } from "./split-bounds.ts";
export { type SplitName, type SplitShare, splitNames } from "./split-names.ts";
export type { SplitReducer, Stability } from "./split-reducer.ts";
export type { StratifyBy } from "./strata.ts";
export { createStratifiedSplit, type StratifiedSplitOptions } from "./stratified-split.ts";
