import type { Outcome, UnitLedger } from "@dpo-kit/batch";
import type { Source } from "@dpo-kit/io";
import type { CsvConvertOptions } from "./csv-options.ts";
import { openCsv } from "./open-csv.ts";
import { RecordConverter } from "./record-converter.ts";

/**
 * Converts delimited text to preference pairs: one outcome for each record, in order.
 *
 * Encoding, dialect and columns are found by the first MiB unless options say them (see `planCsv`). A row that
 * cannot be read, and one that holds no pair, is a rejected outcome that says where and why; reading goes on.
 * Cells are text: `None`, `NA`, `007` and `1.10` arrive as they are written.
 *
 * @throws what stops the whole source: IO_EMPTY IO_GIT_LFS_POINTER IO_HTML_PAGE IO_UNSUPPORTED_FORMAT
 * IO_ENCODING_UNKNOWN CSV_NO_HEADER CSV_COLUMN_MISSING CSV_COLUMN_AMBIGUOUS CSV_COLUMN_UNKNOWN
 * CSV_DUPLICATE_COLUMN CSV_TEMPLATE_INVALID CSV_TOO_MANY_COLUMNS CSV_TOO_MANY_RECOVERIES RUN_OPTION_INVALID;
 * the signal's reason on abort.
 */
export async function* convertCsv(
  source: Source,
  options: CsvConvertOptions = {},
): AsyncGenerator<Outcome, void, undefined> {
  const { plan, cursor, blocks } = await openCsv(source, options);
  const converter = new RecordConverter(plan, options.policy);
  for await (const { first, end, blankLines } of blocks) {
    for (let index = first; index < end; index += 1) {
      cursor.moveTo(index);
      const outcome = converter.convert(cursor);
      countUnit(options.units, outcome);
      yield outcome;
    }
    countBlank(options.units, blankLines);
  }
}

function countUnit(units: UnitLedger | undefined, outcome: Outcome): void {
  if (units === undefined) {
    return;
  }
  const isMalformed = outcome.kind === "rejected" && outcome.malformed === true;
  units.read += 1;
  units.malformed += isMalformed ? 1 : 0;
  units.intoRecords += isMalformed ? 0 : 1;
}

function countBlank(units: UnitLedger | undefined, blankLines: number): void {
  if (units !== undefined) {
    units.read += blankLines;
    units.blank += blankLines;
  }
}
