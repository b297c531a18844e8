import {
  createPairBatchEncoder,
  type PairBatch,
  type PairBatchEncoder,
  type PairBatchEncoderOptions,
} from "@dpo-kit/batch";
import type { Source } from "@dpo-kit/io";
import type { CsvConvertOptions } from "./csv-options.ts";
import { openCsv } from "./open-csv.ts";
import { RecordConverter } from "./record-converter.ts";
import { TextLane } from "./text-lane.ts";
import { UnitCount } from "./unit-count.ts";

/** How delimited text becomes batches of canonical lines. Units are in the ledgers of the batches. */
export interface CsvEncodeOptions extends Omit<CsvConvertOptions, "units">, PairBatchEncoderOptions {
  /**
   * `fast` (default): records of plain text go from bytes to bytes. `reference`: every record is converted to
   * objects first, as `convertCsv` does. Both give the same batches.
   */
  readonly lane?: "fast" | "reference" | undefined;
}

/**
 * Converts delimited text to batches of canonical lines: what `convertCsv` gives, checked, written and counted.
 *
 * @throws what {@link convertCsv} throws.
 */
export async function* encodeCsv(
  source: Source,
  options: CsvEncodeOptions = {},
): AsyncGenerator<PairBatch, void, undefined> {
  const encoder = await createPairBatchEncoder(options);
  const { plan, cursor, blocks } = await openCsv(source, options);
  const converter = new RecordConverter(plan, options.policy);
  const isFast = options.lane !== "reference" && TextLane.isFor(plan, options.policy);
  const lane = isFast ? new TextLane(plan, cursor) : undefined;
  const units = new UnitCount();
  for await (const { first, end, blankLines } of blocks) {
    for (let index = first; index < end; index += 1) {
      cursor.moveTo(index);
      if (lane?.add(encoder)) {
        units.addRow(false);
      } else {
        const outcome = converter.convert(cursor);
        units.add(outcome);
        encoder.add(outcome);
      }
      if (encoder.full) {
        yield* flushFull(encoder, units);
      }
    }
    units.addBlankLines(blankLines);
  }
  encoder.addUnits(units.take());
  yield encoder.flush();
}

function* flushFull(encoder: PairBatchEncoder, units: UnitCount): Generator<PairBatch, void, undefined> {
  encoder.addUnits(units.take());
  while (encoder.full) {
    yield encoder.flush();
  }
}
