export { type CollectOptions, collectStatistics } from "./collect-statistics.ts";
export { type AnswerFeature, answerFeatures } from "./collectors/answer-features.ts";
export type { FeatureBias } from "./collectors/feature-collector.ts";
export type { FirstWord, FirstWordStatistics } from "./collectors/first-word-collector.ts";
export type { GroupStatistics } from "./collectors/group-collector.ts";
export {
  type LengthBias,
  type LengthStatistics,
  type LengthUnit,
  WINDOW_LIMITS,
} from "./collectors/length-collector.ts";
export type { MarkPlace, MarkStatistics, OnMark, PairPart } from "./collectors/mark-collector.ts";
export type { ModelBias, ModelColumns } from "./collectors/model-collector.ts";
export {
  NEAR_IDENTICAL_OVERLAP,
  type NearIdenticalStatistics,
} from "./collectors/near-identical-collector.ts";
export { DEFAULT_REMEMBERED_KEYS, type RepeatStatistics } from "./collectors/repeat-collector.ts";
export type { ShapeStatistics } from "./collectors/shape-collector.ts";
export {
  type CostEstimate,
  type CostOptions,
  type CostRange,
  estimateTrainingCost,
} from "./cost/estimate-cost.ts";
export { type TrainingPrice, trainingPrices } from "./cost/price-table.ts";
export { readPriceTable } from "./cost/read-price-table.ts";
export { type CountAheadOptions, type CountLines, countAhead } from "./count-ahead.ts";
export type { DatasetDiff, DiffEntry, DiffPlace, LengthDrift } from "./diff/dataset-diff.ts";
export { type DiffBatch, type DiffBatches, diffBatches } from "./diff/diff-batches.ts";
export { DiffCollector, type DiffOptions, type DiffPart } from "./diff/diff-collector.ts";
export type { DiffSide } from "./diff/pair-entries.ts";
export type { Finding } from "./findings/finding.ts";
export type { Distribution, DistributionBin } from "./measures/distribution.ts";
export type { Drift } from "./measures/drift.ts";
export type { SignBias } from "./measures/sign-bias.ts";
export type { PairPlace } from "./pairs/pair-place.ts";
export type { TokenColumns } from "./pairs/pair-view.ts";
export type { DatasetStatistics } from "./statistics.ts";
export { StatisticsCollector, type StatisticsOptions } from "./statistics-collector.ts";
