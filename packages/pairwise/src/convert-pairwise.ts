import type { Outcome, UnitLedger } from "@dpo-kit/batch";
import { DataError, type JsonObject } from "@dpo-kit/schema";
import { detectPairwise } from "./detect-pairwise.ts";
import { convertGathered } from "./gather-rows.ts";
import type { PairwiseDetection } from "./pairwise-detection.ts";
import type { PairwiseConvertOptions } from "./pairwise-options.ts";
import { isMalformed, type PairwiseRow } from "./pairwise-row.ts";
import { RowConverter } from "./row-converter.ts";

const SAMPLE_ROWS = 1_000;
const SAMPLE_BYTES = 8 * 1024 * 1024;

/**
 * Converts rows of a preference dataset to pairs: one outcome for each row, in order; in formats that spread one
 * comparison over rows, one for each group of rows, in the order of their first rows.
 *
 * The first rows decide the shape (see {@link detectPairwise}); each row is validated by itself, and one that is
 * not of that shape is read as the explicit shape it has, so files that mix shapes are read whole.
 *
 * @throws what stops the whole source: RUN_NO_PREFERENCES RUN_FORMAT_UNKNOWN RUN_OPTION_INVALID GATHER_LIMIT
 * PAIRWISE_COLUMN_AMBIGUOUS PAIRWISE_COLUMN_UNKNOWN PAIRWISE_PROMPT_UNKNOWN PAIRWISE_LISTS_UNCLEAR
 * PAIRWISE_VERDICT_UNKNOWN PAIRWISE_SCORE_UNKNOWN; the signal's reason on abort.
 */
export async function* convertPairwise(
  rows: AsyncIterable<PairwiseRow> | Iterable<PairwiseRow>,
  options: PairwiseConvertOptions = {},
): AsyncGenerator<Outcome, void, undefined> {
  const { head, all: rowsRead } = await peekRows(rows, options);
  const all = counted(rowsRead, options.units);
  const detection = options.detection ?? detectPairwise(objectsOf(head), options);
  refuseUnclear(detection, objectsOf(head));
  const converter = new RowConverter(detection, options);
  if (converter.gather !== undefined) {
    yield* convertGathered(all, converter, options);
  } else {
    for await (const row of all) {
      options.signal?.throwIfAborted();
      yield converter.convert(row);
    }
  }
  converter.refuseIfNoPreferences();
}

/** Counts each row when it is taken: into a record, or as one that could not be decoded. */
async function* counted(
  rows: AsyncIterable<PairwiseRow>,
  units: UnitLedger | undefined,
): AsyncGenerator<PairwiseRow, void, undefined> {
  for await (const row of rows) {
    if (units !== undefined) {
      units.read += 1;
      units[isMalformed(row) ? "malformed" : "intoRecords"] += 1;
    }
    yield row;
  }
}

/**
 * Throws where a detection cannot be converted without a flag, or is of no known shape.
 * @throws RUN_FORMAT_UNKNOWN and the codes of what the claim needs.
 */
export function refuseUnclear({ chosen }: PairwiseDetection, rows: readonly JsonObject[]): void {
  if (chosen === undefined && rows.length > 0) {
    const columns = Object.keys(rows[0]!).join(", ");
    throw new DataError("RUN_FORMAT_UNKNOWN", {
      message: `The rows are of no known shape. The columns are: ${columns}`,
      hint: "Name the columns: --columns prompt=NAME,preferred=NAME,non_preferred=NAME",
    });
  }
  if (chosen?.needsFlag !== undefined) {
    const { code, message, hint } = chosen.needsFlag;
    throw new DataError(code, { message, hint });
  }
}

function objectsOf(rows: readonly PairwiseRow[]): JsonObject[] {
  return rows.flatMap(({ value }) =>
    typeof value === "object" && value !== null && !Array.isArray(value) ? [value] : [],
  );
}

interface PeekedRows {
  head: PairwiseRow[];
  all: AsyncGenerator<PairwiseRow, void, undefined>;
}

async function peekRows(
  rows: AsyncIterable<PairwiseRow> | Iterable<PairwiseRow>,
  { sampleRows = SAMPLE_ROWS }: PairwiseConvertOptions,
): Promise<PeekedRows> {
  const iterator = Symbol.asyncIterator in rows ? rows[Symbol.asyncIterator]() : rows[Symbol.iterator]();
  const head: PairwiseRow[] = [];
  for (let bytes = 0; head.length < sampleRows && bytes < SAMPLE_BYTES; ) {
    const next = await iterator.next();
    if (next.done === true) {
      break;
    }
    bytes += next.value.bytes;
    head.push(next.value);
  }
  return { head, all: chain([...head], iterator) };
}

async function* chain(
  head: PairwiseRow[],
  rest: AsyncIterator<PairwiseRow> | Iterator<PairwiseRow>,
): AsyncGenerator<PairwiseRow, void, undefined> {
  try {
    yield* head.splice(0);
    for (let next = await rest.next(); next.done !== true; next = await rest.next()) {
      yield next.value;
    }
  } finally {
    await rest.return?.();
  }
}
