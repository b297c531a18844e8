import type { DecodedText } from "@dpo-kit/io";
import { DataError, isBlank } from "@dpo-kit/schema";
import type { CsvDialect } from "./csv-dialect.ts";
import { type DetectDialectOptions, detectDialect } from "./detect-dialect.ts";
import { readSample, type Sample } from "./read-sample.ts";

/** The beginning of a text as `decodeText` of `@dpo-kit/io` gives it; what it was decoded from, if known. */
export type CsvText = Pick<DecodedText, "head" | "headIsComplete"> &
  Partial<Pick<DecodedText, "encoding" | "byteOrderMark">>;

/** How a delimited text is written, and what its columns are called. */
export interface CsvTable {
  readonly dialect: CsvDialect;
  readonly header: readonly string[];
}

/**
 * Finds the dialect and the header of a text by its beginning.
 *
 * @throws CSV_NO_HEADER CSV_TOO_MANY_COLUMNS RUN_OPTION_INVALID
 */
export function planTable(
  text: CsvText,
  options: DetectDialectOptions & { readonly source: string },
): CsvTable & { readonly sample: Sample } {
  const dialect = detectDialect(text.head, text.headIsComplete, options);
  const sample = readSample({ ...text, ...dialect, source: options.source });
  refuseNoHeader(sample.header, text, options.source);
  return { dialect, header: sample.header, sample };
}

function refuseNoHeader(header: readonly string[], text: CsvText, source: string): void {
  if (header.some((name) => !isBlank(name))) {
    return;
  }
  const unfinished = header.length === 0 && !text.headIsComplete;
  throw new DataError("CSV_NO_HEADER", {
    message:
      header.length > 0
        ? "The first record has no column names in it"
        : unfinished
          ? "The first record does not end within the first MiB, so it is no header"
          : "The first record cannot be read as a header: a quote in it is not closed, or is followed by text",
    location: { source, line: 1 },
  });
}
