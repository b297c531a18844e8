import { parseDelimiter, parseQuote } from "./csv-dialect.ts";

/** How delimited text is written. */
export interface CsvFormatOptions {
  /** One ASCII character. Default `,`. */
  readonly delimiter?: string;
  /** One ASCII character. Default `"`. */
  readonly quote?: string;
  /** Default `\n`; RFC 4180 has `\r\n`. */
  readonly newline?: "\n" | "\r\n";
  /** Whether all fields are quoted, or only those that must be. Default false. */
  readonly quoteAll?: boolean;
}

/**
 * Writes rows as delimited text by RFC 4180 (https://www.rfc-editor.org/rfc/rfc4180), the header being the first
 * of them. `parseCsv` gives back the same rows, if all have as many fields as the first.
 *
 * @throws RUN_OPTION_INVALID
 */
export function formatCsv(rows: Iterable<readonly string[]>, options: CsvFormatOptions = {}): string {
  const formatRow = rowFormatter(options);
  return Array.from(rows, formatRow).join("");
}

/**
 * Writes rows as delimited text in UTF-8, one piece for each row.
 *
 * @throws RUN_OPTION_INVALID
 */
export async function* writeCsv(
  rows: AsyncIterable<readonly string[]> | Iterable<readonly string[]>,
  options: CsvFormatOptions = {},
): AsyncGenerator<Uint8Array, void, undefined> {
  const formatRow = rowFormatter(options);
  const utf8 = new TextEncoder();
  for await (const row of rows) {
    yield utf8.encode(formatRow(row));
  }
}

function rowFormatter(options: CsvFormatOptions): (row: readonly string[]) => string {
  const { newline = "\n", quoteAll = false } = options;
  const delimiter = parseDelimiter(options.delimiter) ?? ",";
  const quote = parseQuote(options.quote, delimiter) || '"';
  const field = (text: string): string =>
    quoteAll || mustQuote(text, delimiter, quote)
      ? `${quote}${text.replaceAll(quote, quote + quote)}${quote}`
      : text;
  return (row) => {
    // A line with nothing on it is no row, so a lone empty field is quoted.
    const isBlankLine = row.length === 1 && row[0] === "";
    return (isBlankLine ? quote + quote : row.map(field).join(delimiter)) + newline;
  };
}

/** A byte order mark and Excel's `sep=` mean something else at the start of a text than in a field. */
function mustQuote(text: string, delimiter: string, quote: string): boolean {
  return (
    text.includes(delimiter) ||
    text.includes(quote) ||
    /[\n\r]/u.test(text) ||
    /^(?:\ufeff|sep=)/iu.test(text)
  );
}
