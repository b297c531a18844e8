import type { OriginalRecord } from "@dpo-kit/batch";
import { decodeText, type Source } from "@dpo-kit/io";
import type { Issue, Location } from "@dpo-kit/schema";
import { syntaxOf } from "./csv-dialect.ts";
import type { CsvReadOptions } from "./csv-options.ts";
import { malformedOutcome } from "./malformed-record.ts";
import { decodeOptions, readRanges } from "./open-csv.ts";
import { planTable } from "./plan-table.ts";
import { RecordCursor } from "./record-cursor.ts";
import { UnitCount } from "./unit-count.ts";

/** A row that could be read. */
export interface CsvRow {
  readonly kind: "row";
  readonly at: Location;
  /** The column names, as they are written. The same array for all rows. */
  readonly header: readonly string[];
  /** The texts, as many as the header has names. */
  readonly cells: readonly string[];
}

/** A row that could not be read. */
export interface CsvMalformedRow {
  readonly kind: "malformed";
  readonly at: Location;
  readonly issues: readonly Issue[];
  /** Its text, as it is written, up to 64 KiB. */
  readonly record?: OriginalRecord;
}

/**
 * Reads delimited text row by row, whatever its columns are called; the first record is the header.
 *
 * @throws what stops the whole source: IO_EMPTY IO_GIT_LFS_POINTER IO_HTML_PAGE IO_UNSUPPORTED_FORMAT
 * IO_ENCODING_UNKNOWN CSV_NO_HEADER CSV_TOO_MANY_COLUMNS CSV_TOO_MANY_RECOVERIES RUN_OPTION_INVALID; the
 * signal's reason on abort.
 */
export async function* readCsv(
  source: Source,
  options: CsvReadOptions = {},
): AsyncGenerator<CsvRow | CsvMalformedRow, void, undefined> {
  const name = options.source ?? "-";
  const text = await decodeText(source, decodeOptions(options, name));
  try {
    const table = planTable(text, { ...options, source: name });
    const { header } = table;
    const cursor = new RecordCursor({ header, quote: syntaxOf(table.dialect).quote, source: name });
    const units = new UnitCount();
    for await (const { first, end, blankLines } of readRanges(text, { table, cursor, name, options })) {
      for (let index = first; index < end; index += 1) {
        cursor.moveTo(index);
        const row = rowAt(cursor);
        units.addRow(row.kind === "malformed");
        units.moveTo(options.units);
        yield row;
      }
      units.addBlankLines(blankLines);
      units.moveTo(options.units);
    }
  } finally {
    await text.chunks.return();
  }
}

function rowAt(cursor: RecordCursor): CsvRow | CsvMalformedRow {
  const malformed = malformedOutcome(cursor);
  if (malformed !== undefined) {
    const { at, issues, record } = malformed;
    return { kind: "malformed", at, issues, ...(record === undefined ? {} : { record }) };
  }
  const { header, location: at } = cursor;
  return { kind: "row", at, header, cells: header.map((_, column) => cursor.text(column)) };
}
