import { DataError, type IssueCode, type Location } from "@dpo-kit/schema";
import type { SniffedKind } from "./sniff-bytes.ts";

/** What can be read as text. */
export const textKinds: readonly SniffedKind[] = ["text", "json-array", "json-object-lines"];

interface Refusal {
  code: IssueCode;
  /** Completes "The file is …". */
  what?: string;
  hint?: string;
}

const spreadsheet =
  "In the spreadsheet program: File > Save As (or Download) > CSV UTF-8, one sheet at a time.";

const refusals: Record<SniffedKind, Refusal> = {
  empty: { code: "IO_EMPTY" },
  "git-lfs-pointer": { code: "IO_GIT_LFS_POINTER" },
  html: { code: "IO_HTML_PAGE" },
  xlsx: { code: "IO_UNSUPPORTED_FORMAT", what: "an Excel workbook (.xlsx)", hint: spreadsheet },
  ods: { code: "IO_UNSUPPORTED_FORMAT", what: "an OpenDocument spreadsheet (.ods)", hint: spreadsheet },
  zip: {
    code: "IO_UNSUPPORTED_FORMAT",
    what: "a zip archive",
    hint: "Unpack it and give the files inside.",
  },
  gzip: {
    code: "IO_UNSUPPORTED_FORMAT",
    what: "compressed with gzip once more inside",
    hint: "Unpack it once with `gzip -d` and give the result.",
  },
  zstd: {
    code: "IO_UNSUPPORTED_FORMAT",
    what: "compressed with Zstandard once more inside",
    hint: "Unpack it with `zstd -d` and give the result.",
  },
  parquet: {
    code: "IO_UNSUPPORTED_FORMAT",
    what: "a Parquet file, which is not read here",
    hint: "Convert it first: python -c \"import pandas; pandas.read_parquet('IN').to_json('OUT.jsonl', orient='records', lines=True)\"",
  },
  arrow: {
    code: "IO_UNSUPPORTED_FORMAT",
    what: "an Arrow file, which is not read here",
    hint: "Write it as CSV or JSON Lines with the library it comes from.",
  },
  pdf: { code: "IO_UNSUPPORTED_FORMAT", what: "a PDF document" },
  sqlite: {
    code: "IO_UNSUPPORTED_FORMAT",
    what: "an SQLite database",
    hint: 'Export the table: sqlite3 -header -csv FILE "select * from TABLE" > out.csv',
  },
  binary: {
    code: "IO_UNSUPPORTED_FORMAT",
    what: "binary data",
    hint: "Give a text file; if it is UTF-16 text, say --encoding utf-16le or utf-16be.",
  },
  "json-array": {
    code: "IO_UNSUPPORTED_FORMAT",
    what: "a JSON array",
    hint: "Give a file of the expected format.",
  },
  "json-object-lines": {
    code: "IO_UNSUPPORTED_FORMAT",
    what: "JSON",
    hint: "Give a file of the expected format.",
  },
  text: { code: "IO_UNSUPPORTED_FORMAT", what: "plain text", hint: "Give a file of the expected format." },
};

/**
 * Stops where a source is nothing that can be read on.
 * @param accept what the caller reads. Default: {@link textKinds}.
 * @throws IO_EMPTY IO_GIT_LFS_POINTER IO_HTML_PAGE IO_UNSUPPORTED_FORMAT
 */
export function refuseUnreadable(
  kind: SniffedKind,
  location: Location,
  accept: readonly SniffedKind[] = textKinds,
): void {
  if (accept.includes(kind)) {
    return;
  }
  const { code, what, hint } = refusals[kind];
  throw new DataError(code, {
    location,
    ...(what === undefined ? {} : { message: `The file is ${what}` }),
    ...(hint === undefined ? {} : { hint }),
  });
}
