export { convertPairwise, type PairwiseRow, refuseUnclear } from "./convert-pairwise.ts";
export { type ClaimedShape, detectPairwise, type PairwiseDetection } from "./detect-pairwise.ts";
export { encodePairwise, type PairwiseEncodeOptions } from "./encode-pairwise.ts";
export type {
  PairwiseConvertOptions,
  PairwiseMappingOptions,
  VerdictMapping,
  VerdictMeaning,
} from "./pairwise-options.ts";
export type { ColumnMapping, NeededFlag, PairwiseShape, ShapeClaim, ShapeFamily } from "./shape.ts";
export { shapes } from "./shapes.ts";
export type { UnpairedExample } from "./unpaired-example.ts";
export { formatVerdictFlag, parseVerdictFlag } from "./verdicts/verdict-flag.ts";
