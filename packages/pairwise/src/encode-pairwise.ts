import {
  createPairBatchEncoder,
  emptyLedgers,
  type PairBatch,
  type PairBatchEncoderOptions,
  type UnitLedger,
} from "@dpo-kit/batch";
import { convertPairwise } from "./convert-pairwise.ts";
import type { PairwiseConvertOptions } from "./pairwise-options.ts";
import type { PairwiseRow } from "./pairwise-row.ts";

/** How rows become batches of canonical lines. Units are in the ledgers of the batches. */
export interface PairwiseEncodeOptions
  extends Omit<PairwiseConvertOptions, "units">,
    PairBatchEncoderOptions {}

/**
 * Converts rows to batches of canonical lines: what `convertPairwise` gives, checked, written and counted.
 * @throws what {@link convertPairwise} throws.
 */
export async function* encodePairwise(
  rows: AsyncIterable<PairwiseRow> | Iterable<PairwiseRow>,
  options: PairwiseEncodeOptions = {},
): AsyncGenerator<PairBatch, void, undefined> {
  const encoder = await createPairBatchEncoder(options);
  const { units } = emptyLedgers();
  const known = { ...units };
  for await (const outcome of convertPairwise(rows, { ...options, units })) {
    encoder.add(outcome);
    if (encoder.full) {
      encoder.addUnits(take(units, known));
    }
    while (encoder.full) {
      yield encoder.flush();
    }
  }
  encoder.addUnits(take(units, known));
  yield encoder.flush();
}

/** What was counted since the last time. */
function take(units: UnitLedger, known: UnitLedger): Partial<UnitLedger> {
  const { read, malformed, intoRecords } = units;
  const taken = {
    read: read - known.read,
    malformed: malformed - known.malformed,
    intoRecords: intoRecords - known.intoRecords,
  };
  Object.assign(known, units);
  return taken;
}
