import { CARRIAGE_RETURN, LINE_FEED } from "./ascii.ts";
import { cellText } from "./cell-text.ts";
import type { CsvNewline } from "./csv-dialect.ts";
import { syntaxOf } from "./csv-dialect.ts";
import { CsvScanner } from "./csv-scanner.ts";
import type { RecordBlock } from "./record-block.ts";

/** The beginning of a text, and how to read it. */
export interface SampleText {
  readonly head: Uint8Array;
  readonly headIsComplete: boolean;
  readonly delimiter: string;
  readonly quote: string;
  readonly separatorLine: boolean;
  /** The name of the source, for errors. Default `-`. */
  readonly source?: string | undefined;
}

/** The complete records of the beginning of a text. */
export interface Sample {
  /** The fields of the first record; none if it is not complete or malformed. */
  readonly header: readonly string[];
  /** Of each other record how many fields it has; 0 for a malformed one. */
  readonly fieldCounts: readonly number[];
  readonly newlines: ReadonlySet<Exclude<CsvNewline, "mixed">>;
  /** The text of a field of a record, by their indexes; the record must have as many fields as the header. */
  cell(record: number, column: number): string;
}

/**
 * Reads the complete records of the beginning of a text.
 *
 * @throws CSV_TOO_MANY_COLUMNS CSV_TOO_MANY_RECOVERIES
 */
export function readSample(text: SampleText): Sample {
  const syntax = syntaxOf(text);
  const block = scanHead(text);
  const newlines = new Set<Exclude<CsvNewline, "mixed">>();
  const fieldCounts: number[] = [];
  for (let record = 0; record < block.recordCount; record += 1) {
    const newline = newlineAt(block.bytes, block.recordEnd[record]!);
    if (newline !== undefined) {
      newlines.add(newline);
    }
    fieldCounts.push(block.fieldCount[record]!);
  }
  const cell = (record: number, column: number): string =>
    cellText(block, block.firstField[record]! + column, syntax.quote);
  const headerFields = fieldCounts[0] ?? 0;
  return {
    header: Array.from({ length: headerFields }, (_, column) => cell(0, column)),
    fieldCounts: fieldCounts.slice(1),
    newlines,
    cell: (record, column) => cell(record + 1, column),
  };
}

function scanHead(text: SampleText): RecordBlock {
  const skipped = text.separatorLine ? firstLineEnd(text.head) : 0;
  const source = text.source ?? "-";
  const scanner = new CsvScanner({ ...syntaxOf(text), source, firstLine: skipped > 0 ? 2 : 1 });
  const head = text.head.subarray(skipped);
  return text.headIsComplete ? scanner.finish(head) : scanner.push(head);
}

/** The offset behind the first line. */
export function firstLineEnd(bytes: Uint8Array): number {
  const end = bytes.findIndex((byte) => byte === LINE_FEED || byte === CARRIAGE_RETURN);
  return end + (bytes[end] === CARRIAGE_RETURN && bytes[end + 1] === LINE_FEED ? 2 : 1);
}

function newlineAt(bytes: Uint8Array, end: number): Exclude<CsvNewline, "mixed"> | undefined {
  if (bytes[end] === LINE_FEED) {
    return "\n";
  }
  if (bytes[end] !== CARRIAGE_RETURN) {
    return undefined;
  }
  return bytes[end + 1] === LINE_FEED ? "\r\n" : "\r";
}
