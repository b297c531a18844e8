/** The bytes that cut delimited text into fields. */
export interface CsvSyntax {
  /** The ASCII code of the delimiter. */
  readonly delimiter: number;
  /** The ASCII code of the quote, or -1 where no character quotes. */
  readonly quote: number;
}

/** The largest number of columns a header may have. */
export const MAX_COLUMNS = 100_000;

/** The default of `maxCellBytes`: 32 MiB. */
export const DEFAULT_MAX_CELL_BYTES: number = 32 * 1024 * 1024;

/** How often reading may go back to the line after an unclosed quote before the file is given up. */
export const MAX_RECOVERIES = 1_000;

/** How much of a malformed record is kept to be shown: 64 KiB. What is behind it may be gone from the block. */
export const SHOWN_BYTES: number = 64 * 1024;
