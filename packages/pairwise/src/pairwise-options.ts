import type { UnitLedger } from "@dpo-kit/batch";
import type { PairPolicy } from "@dpo-kit/preference";
import type { PairwiseMappingOptions } from "./mapping-options.ts";
import type { PairwiseDetection } from "./pairwise-detection.ts";
import type { UnpairedExample } from "./unpaired-example.ts";

/** How rows become preference pairs. */
export interface PairwiseConvertOptions extends PairwiseMappingOptions {
  /** Which pairs are made of the candidates of a row. Default: `auto`. */
  readonly policy?: PairPolicy | undefined;
  /** Takes the answers that were judged good or bad by themselves and cannot be paired, in order. */
  readonly onUnpaired?: ((example: UnpairedExample) => void) | undefined;
  /** Uses what was detected before, instead of detecting by the first rows. */
  readonly detection?: PairwiseDetection | undefined;
  /** How many rows detection looks at. Default 1,000, or the rows of the first 8 MiB. */
  readonly sampleRows?: number | undefined;
  /** Memory for rows that are gathered, in bytes. Default 256 MiB. */
  readonly gatherBytes?: number | undefined;
  /** Counts rows as they are read. */
  readonly units?: UnitLedger | undefined;
  readonly signal?: AbortSignal | undefined;
}
