import { findColumns } from "@dpo-kit/preference";
import { DataError } from "@dpo-kit/schema";
import { CARRIAGE_RETURN, LINE_FEED } from "./ascii.ts";
import {
  type CsvDialect,
  type CsvDialectOptions,
  type CsvNewline,
  parseDelimiter,
  parseQuote,
} from "./csv-dialect.ts";
import { readSample, type Sample, type SampleText } from "./read-sample.ts";

/** The delimiters that are tried, in the order in which they win if nothing else decides. */
const detectedDelimiters: readonly string[] = [",", ";", "\t", "|"];

/** What helps to tell the right delimiter. */
export interface DetectDialectOptions extends CsvDialectOptions {
  /** Column names that are known to stand in the header. */
  readonly columnNames?: readonly string[];
  /** The name of the source, for errors. Default `-`. */
  readonly source?: string | undefined;
}

/**
 * Finds out how a delimited text is written, by its beginning: reads the complete records of the sample with
 * each delimiter and judges what comes out. It wins, among those that give the header more than one field,
 * - the delimiter that makes more known column names of the header;
 * - then the one with which more records have as many fields as the header;
 * - then the one that gives the header more fields;
 * - then the first of `,` `;` tab `|`.
 *
 * Excel's first line `sep=;` decides where it is there, unless it names the quote. A text that none of them cuts has one column.
 *
 * @param head the first MiB of the text as UTF-8, or all there is.
 * @throws RUN_OPTION_INVALID CSV_TOO_MANY_COLUMNS
 */
export function detectDialect(
  head: Uint8Array,
  headIsComplete: boolean,
  options: DetectDialectOptions = {},
): CsvDialect {
  const delimiter = parseDelimiter(options.delimiter);
  const quote = parseQuote(options.quote, delimiter);
  const said = separatorLine(head, quote);
  const separator = said !== undefined;
  const known = delimiter ?? said;
  const candidates = (known === undefined ? detectedDelimiters : [known]).filter((each) => each !== quote);
  const tried = candidates.map((each) =>
    tryDelimiter(each, { head, headIsComplete, quote, separator, source: options.source }, options),
  );
  const best = tried.filter(({ fields }) => fields > 1).sort(compareTrials)[0] ?? unsplit(tried);
  return {
    delimiter: best.delimiter,
    quote,
    newline: newlineOf(best.sample),
    separatorLine: separator,
    confidence: best.consistency,
    reason:
      delimiter !== undefined ? "it was asked for" : separator ? "the first line says so" : reasonFor(best),
  };
}

interface Trial {
  delimiter: string;
  sample: Sample | undefined;
  /** Of the header. */
  fields: number;
  knownNames: number;
  /** 0 to 1. */
  consistency: number;
  error?: unknown;
}

function tryDelimiter(
  delimiter: string,
  text: Omit<SampleText, "delimiter" | "separatorLine"> & { separator: boolean },
  options: DetectDialectOptions,
): Trial {
  try {
    const sample = readSample({ ...text, delimiter, separatorLine: text.separator });
    const { header, fieldCounts } = sample;
    const alike = fieldCounts.filter((count) => count === header.length).length;
    const consistency = fieldCounts.length === 0 ? 0.5 : alike / fieldCounts.length;
    return { delimiter, sample, fields: header.length, knownNames: countKnown(header, options), consistency };
  } catch (error) {
    if (!DataError.isInstance(error)) {
      throw error;
    }
    return { delimiter, sample: undefined, fields: 0, knownNames: 0, consistency: 0, error };
  }
}

function countKnown(header: readonly string[], options: DetectDialectOptions): number {
  const found = Object.values(findColumns(header)).filter(
    ({ kind }) => kind === "found" || kind === "ambiguous",
  );
  const names = new Set(header);
  return found.length + (options.columnNames ?? []).filter((name) => names.has(name)).length;
}

function compareTrials(one: Trial, other: Trial): number {
  return (
    other.knownNames - one.knownNames || other.consistency - one.consistency || other.fields - one.fields
  );
}

/** Nothing cuts the header: one column, unless a delimiter cuts it into more than can be. */
function unsplit(tried: readonly Trial[]): Trial {
  const failed = tried.find(({ error }) => error !== undefined);
  if (failed !== undefined) {
    throw failed.error;
  }
  return tried[0]!;
}

function reasonFor({ fields, consistency, sample }: Trial): string {
  const records = sample?.fieldCounts.length ?? 0;
  if (fields < 2) {
    return "no delimiter cuts the header; the text has one column";
  }
  if (records === 0) {
    return `it cuts the header into ${fields} fields`;
  }
  const alike = Math.round(consistency * records);
  return alike === records
    ? `each of the ${records} sampled records has ${fields} fields, as the header has`
    : `${alike} of the ${records} sampled records have ${fields} fields, as the header has`;
}

/** The delimiter that Excel's first line names: `sep=;`. What quotes cannot also cut: such a line is text. */
function separatorLine(head: Uint8Array, quote: string): string | undefined {
  const isSeparatorLine =
    /^sep=$/iu.test(String.fromCharCode(...head.subarray(0, 4))) &&
    (head[5] === LINE_FEED || head[5] === CARRIAGE_RETURN);
  const byte = head[4]!;
  const cuts = byte > 0 && byte < 0x7f && byte !== LINE_FEED && byte !== CARRIAGE_RETURN;
  const named = isSeparatorLine && cuts ? String.fromCharCode(byte) : undefined;
  return named === quote ? undefined : named;
}

function newlineOf(sample: Sample | undefined): CsvNewline {
  const found = [...(sample?.newlines ?? [])];
  return found.length === 1 ? found[0]! : found.length === 0 ? "\n" : "mixed";
}
