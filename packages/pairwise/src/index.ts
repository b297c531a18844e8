export { convertPairwise, refuseUnclear } from "./convert-pairwise.ts";
export { detectPairwise, namesAnswersElsewhere } from "./detect-pairwise.ts";
export { encodePairwise, type PairwiseEncodeOptions } from "./encode-pairwise.ts";
export type { PairwiseMappingOptions, VerdictMapping, VerdictMeaning } from "./mapping-options.ts";
export type { ClaimedShape, PairwiseDetection } from "./pairwise-detection.ts";
export type { PairwiseConvertOptions } from "./pairwise-options.ts";
export type { PairwiseRow, RowJson } from "./pairwise-row.ts";
export type {
  ColumnMapping,
  NeededFlag,
  OtherChoice,
  PairwiseShape,
  ShapeClaim,
  ShapeFamily,
} from "./shape.ts";
export { shapes } from "./shapes.ts";
export type { UnpairedExample } from "./unpaired-example.ts";
export { formatVerdictFlag, parseVerdictFlag } from "./verdicts/verdict-flag.ts";
