import type { PairBatchEncoder } from "@dpo-kit/batch";
import { convertPairwise } from "../convert-pairwise.ts";
import type { PairwiseConvertOptions } from "../pairwise-options.ts";
import type { PairwiseRow } from "../pairwise-row.ts";
import { RowConverter } from "../row-converter.ts";
import { PlainLane } from "./plain-lane.ts";

/** How rows are given to an encoder. */
export interface AddRowsOptions extends PairwiseConvertOptions {
  /**
   * `fast` (default): rows of plain texts go straight to the encoder, where `detection` is given. `reference`: every
   * row is converted to objects first, as `convertPairwise` does. Both give the same batches.
   */
  readonly lane?: "fast" | "reference" | undefined;
}

/** Gives what comes of rows to an encoder, and waits whenever that is full: flush it then. */
export async function* addRows(
  rows: AsyncIterable<PairwiseRow> | Iterable<PairwiseRow>,
  encoder: PairBatchEncoder,
  options: AddRowsOptions,
): AsyncGenerator<undefined, void, undefined> {
  const { detection, signal } = options;
  const lane = options.lane === "reference" ? undefined : await PlainLane.for(options);
  if (detection === undefined || lane === undefined) {
    for await (const outcome of convertPairwise(rows, options)) {
      encoder.add(outcome);
      if (encoder.full) {
        yield;
      }
    }
    return;
  }
  const converter = new RowConverter(detection, options);
  for await (const row of rows) {
    signal?.throwIfAborted();
    if (!lane.add(row, encoder)) {
      encoder.add(converter.convert(row));
    }
    if (encoder.full) {
      yield;
    }
  }
}
