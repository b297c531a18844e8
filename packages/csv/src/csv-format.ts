import { convertCsv } from "./convert-csv.ts";
import { detectCsv } from "./detect-csv.ts";
import { encodeCsv } from "./encode-csv.ts";
import { planCsv } from "./plan-csv.ts";

/** What a format is to those that list formats: `dpo formats`, detection, the documentation. */
export interface CsvFormat {
  readonly id: "csv";
  readonly title: string;
  /** File name endings it usually has, for the documentation: what a file is, its content decides. */
  readonly extensions: readonly string[];
  readonly detect: typeof detectCsv;
  readonly plan: typeof planCsv;
  readonly convert: typeof convertCsv;
  readonly encode: typeof encodeCsv;
}

/** Delimited text: CSV, TSV and their relatives. */
export const csvFormat: CsvFormat = {
  id: "csv",
  title: "Delimited text with a header: comma, semicolon, tab, pipe",
  extensions: ["csv", "tsv", "tab", "psv", "txt"],
  detect: detectCsv,
  plan: planCsv,
  convert: convertCsv,
  encode: encodeCsv,
};
