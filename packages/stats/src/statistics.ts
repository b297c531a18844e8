import type { FeatureBias } from "./collectors/feature-collector.ts";
import type { FirstWordStatistics } from "./collectors/first-word-collector.ts";
import type { GroupStatistics } from "./collectors/group-collector.ts";
import type { LengthStatistics } from "./collectors/length-collector.ts";
import type { MarkStatistics } from "./collectors/mark-collector.ts";
import type { ModelBias } from "./collectors/model-collector.ts";
import type { NearIdenticalStatistics } from "./collectors/near-identical-collector.ts";
import type { RepeatStatistics } from "./collectors/repeat-collector.ts";
import type { ShapeStatistics } from "./collectors/shape-collector.ts";
import type { Finding } from "./findings/finding.ts";

/** What is known of a dataset. Plain data: `JSON.stringify` keeps all of it. */
export interface DatasetStatistics {
  readonly schema: "dpo-kit/statistics@1";
  readonly pairs: number;
  /** Of the canonical lines. */
  readonly bytes: number;
  readonly shape: ShapeStatistics;
  readonly repeats: RepeatStatistics;
  /** `tokens` is there where they were counted. */
  readonly lengths: { readonly characters: LengthStatistics; readonly tokens?: LengthStatistics };
  readonly features: readonly FeatureBias[];
  readonly firstWords: FirstWordStatistics;
  readonly groups: readonly GroupStatistics[];
  readonly models: readonly ModelBias[];
  readonly nearIdentical: NearIdenticalStatistics;
  readonly marks: readonly MarkStatistics[];
  readonly findings: readonly Finding[];
}
