import {
  createPairBatchEncoder,
  emptyLedgers,
  type PairBatch,
  type PairBatchEncoderOptions,
  type UnitLedger,
} from "@dpo-kit/batch";
import { type AddRowsOptions, addRows } from "./lane/add-rows.ts";
import { isMalformed, type PairwiseRow } from "./pairwise-row.ts";

/** How rows become batches of canonical lines. Units are in the ledgers of the batches. */
export interface PairwiseEncodeOptions extends Omit<AddRowsOptions, "units">, PairBatchEncoderOptions {
  /** What was counted of units since the last call, where who reads the rows counts. Default: each row is a unit. */
  readonly takeUnits?: (() => Partial<UnitLedger>) | undefined;
}

/**
 * Converts rows to batches of canonical lines: what `convertPairwise` gives, checked, written and counted.
 * @throws what {@link convertPairwise} throws.
 */
export async function* encodePairwise(
  rows: AsyncIterable<PairwiseRow> | Iterable<PairwiseRow>,
  options: PairwiseEncodeOptions = {},
): AsyncGenerator<PairBatch, void, undefined> {
  const encoder = await createPairBatchEncoder(options);
  const counter = createUnitCounter();
  const takeUnits = options.takeUnits ?? counter.take;
  const counted = options.takeUnits === undefined ? counter.count(rows) : rows;
  for await (const _full of addRows(counted, encoder, options)) {
    encoder.addUnits(takeUnits());
    while (encoder.full) {
      yield encoder.flush();
    }
  }
  encoder.addUnits(takeUnits());
  yield encoder.flush();
}

interface UnitCounter {
  /** Counts each row when it is taken: into a record, or as one that could not be decoded. */
  count(
    rows: AsyncIterable<PairwiseRow> | Iterable<PairwiseRow>,
  ): AsyncGenerator<PairwiseRow, void, undefined>;
  take(): Partial<UnitLedger>;
}

function createUnitCounter(): UnitCounter {
  let { units } = emptyLedgers();
  return {
    async *count(rows) {
      for await (const row of rows) {
        units.read += 1;
        units[isMalformed(row) ? "malformed" : "intoRecords"] += 1;
        yield row;
      }
    },
    take() {
      const taken = units;
      units = emptyLedgers().units;
      return taken;
    },
  };
}
