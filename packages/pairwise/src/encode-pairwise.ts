import {
  createPairBatchEncoder,
  encodeOutcomes,
  type PairBatch,
  type PairBatchEncoderOptions,
} from "@dpo-kit/batch";
import { convertPairwise, type PairwiseRow } from "./convert-pairwise.ts";
import type { PairwiseConvertOptions } from "./pairwise-options.ts";

/** How rows become batches of canonical lines. */
export interface PairwiseEncodeOptions extends PairwiseConvertOptions, PairBatchEncoderOptions {}

/**
 * Converts rows to batches of canonical lines: what `convertPairwise` gives, checked, written and counted.
 * @throws what {@link convertPairwise} throws.
 */
export async function* encodePairwise(
  rows: AsyncIterable<PairwiseRow> | Iterable<PairwiseRow>,
  options: PairwiseEncodeOptions = {},
): AsyncGenerator<PairBatch, void, undefined> {
  const encoder = await createPairBatchEncoder(options);
  yield* encodeOutcomes(convertPairwise(rows, options), encoder);
}
