import type { Outcome } from "@dpo-kit/batch";
import type { Source } from "@dpo-kit/io";
import type { CsvConvertOptions } from "./csv-options.ts";
import { openCsv } from "./open-csv.ts";
import { RecordConverter } from "./record-converter.ts";
import { UnitCount } from "./unit-count.ts";

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
  const units = new UnitCount();
  for await (const { first, end, blankLines } of blocks) {
    for (let index = first; index < end; index += 1) {
      cursor.moveTo(index);
      const outcome = converter.convert(cursor);
      units.add(outcome);
      units.moveTo(options.units);
      yield outcome;
    }
    units.addBlankLines(blankLines);
    units.moveTo(options.units);
  }
}
