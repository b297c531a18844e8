import { encodeText } from "@dpo-kit/io";
import { DataError, type Issue } from "@dpo-kit/schema";
import { type CsvDialect, type CsvDialectOptions, syntaxOf } from "./csv-dialect.ts";
import { CsvScanner } from "./csv-scanner.ts";
import { malformedOutcome } from "./malformed-record.ts";
import { planTable } from "./plan-table.ts";
import { firstLineEnd } from "./read-sample.ts";
import { RecordCursor } from "./record-cursor.ts";

/** A table in memory. */
export interface CsvTableData {
  readonly dialect: CsvDialect;
  readonly header: readonly string[];
  /** The rows that could be read, the header not among them. */
  readonly rows: readonly (readonly string[])[];
  /** What is wrong with those that could not. */
  readonly issues: readonly Issue[];
}

/** How text in memory is parsed. */
export interface CsvParseOptions extends CsvDialectOptions {
  /** The name of the source, for locations. Default `-`. */
  readonly source?: string;
  /** The largest cell, in bytes as it is written. Default 32 MiB. */
  readonly maxCellBytes?: number;
}

/**
 * Parses delimited text that is in memory, with the same rules as `readCsv`.
 *
 * @throws IO_EMPTY CSV_NO_HEADER CSV_TOO_MANY_COLUMNS CSV_TOO_MANY_RECOVERIES RUN_OPTION_INVALID
 */
export function parseCsv(text: string, options: CsvParseOptions = {}): CsvTableData {
  const source = options.source ?? "-";
  const bytes = encodeText(text.startsWith("\ufeff") ? text.slice(1) : text);
  if (bytes.length === 0) {
    throw new DataError("IO_EMPTY", { location: { source } });
  }
  const { dialect, header } = planTable({ head: bytes, headIsComplete: true }, { ...options, source });
  const syntax = syntaxOf(dialect);
  const skipped = dialect.separatorLine ? firstLineEnd(bytes) : 0;
  const { maxCellBytes } = options;
  const limits = maxCellBytes === undefined ? {} : { maxCellBytes };
  const scanner = new CsvScanner({ ...syntax, ...limits, source, firstLine: skipped > 0 ? 2 : 1 });
  const block = scanner.finish(bytes.subarray(skipped));
  const cursor = new RecordCursor({ header, quote: syntax.quote, source });
  cursor.open(block);
  const rows: string[][] = [];
  const issues: Issue[] = [];
  for (let index = 1; index < block.recordCount; index += 1) {
    cursor.moveTo(index);
    const malformed = malformedOutcome(cursor);
    if (malformed === undefined) {
      rows.push(header.map((_, column) => cursor.text(column)));
    }
    for (const issue of malformed?.issues ?? []) {
      issues.push(issue);
    }
  }
  return { dialect, header, rows, issues };
}
