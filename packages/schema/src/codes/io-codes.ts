import type { CodeDefinition } from "./definition.ts";

/** Codes of reading and writing bytes. */
export type IoCode =
  | "IO_NOT_FOUND"
  | "IO_UNREADABLE"
  | "IO_EMPTY"
  | "IO_GIT_LFS_POINTER"
  | "IO_HTML_PAGE"
  | "IO_UNSUPPORTED_FORMAT"
  | "IO_INVALID_ENCODING"
  | "IO_ENCODING_UNKNOWN"
  | "IO_LINE_TOO_LONG"
  | "IO_JSON_TOO_DEEP"
  | "IO_JSON_DUPLICATE_KEY"
  | "IO_DECOMPRESSION_FAILED"
  | "IO_DECOMPRESSION_BOMB"
  | "IO_PARQUET_DAMAGED"
  | "IO_ARROW_DAMAGED"
  | "IO_ZIP_DAMAGED"
  | "IO_ZIP_ENCRYPTED"
  | "IO_COLUMN_UNKNOWN"
  | "IO_DOWNLOAD_FAILED"
  | "IO_DOWNLOAD_TOO_LARGE"
  | "IO_NOT_AUTHORISED"
  | "IO_OUTPUT_EXISTS"
  | "IO_WRITE_FAILED"
  | "IO_SORT_LIMIT";

export const ioCodes: Record<IoCode, CodeDefinition> = {
  IO_NOT_FOUND: {
    kind: "usage",
    severity: "error",
    title: "There is no such file",
    meaning: "The path, or the pattern, matches nothing that can be read.",
    fix: "Check the path; a pattern must match at least one file.",
    example: "dpo convert fedback.csv -o train.jsonl",
    source: "https://nodejs.org/api/errors.html#common-system-errors",
  },
  IO_UNREADABLE: {
    kind: "usage",
    severity: "error",
    title: "The source cannot be read",
    meaning: "It is there, and the operating system does not give its bytes.",
    fix: "Check that it is a file and that you may read it.",
    example: "chmod 000 feedback.csv\ndpo convert feedback.csv -o train.jsonl",
    source: "https://nodejs.org/api/errors.html#common-system-errors",
  },
  IO_EMPTY: {
    kind: "refusal",
    severity: "error",
    title: "The source is empty",
    meaning: "It has no bytes, or nothing but white space: most often a download or an export that failed.",
    fix: "Fetch or export the file again.",
    example: "a file of 0 bytes",
    source: "docs/formats.md",
  },
  IO_GIT_LFS_POINTER: {
    kind: "refusal",
    severity: "error",
    title: "The file is a Git-LFS pointer, not the data",
    meaning:
      "The repository was cloned without its large files, so that a few lines stand where the data should be.",
    fix: "Run `git lfs pull` in that repository, or download the file from the page of the dataset.",
    example: "version https://git-lfs.github.com/spec/v1\noid sha256:…\nsize 12345",
    source: "https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md",
  },
  IO_HTML_PAGE: {
    kind: "refusal",
    severity: "error",
    title: "The file is an HTML page, not the data",
    meaning: "Most often a login or error page that was saved under the name of the data.",
    fix: "Open the address in a browser, sign in if it asks, and use the link of the raw file.",
    example: "<!DOCTYPE html>\n<html><head><title>Sign in</title>",
    source: "docs/formats.md",
  },
  IO_UNSUPPORTED_FORMAT: {
    kind: "refusal",
    severity: "error",
    title: "The file is of a format that is not read",
    meaning: "Its first bytes say what it is, whatever its name says.",
    fix: "Export it as CSV (UTF-8).",
    example: "a spreadsheet (.xlsx) that was renamed to feedback.csv: it begins with 50 4B 03 04",
    source: "docs/formats.md",
  },
  IO_INVALID_ENCODING: {
    kind: "malformed",
    severity: "error",
    title: "The record holds bytes that are not valid in the file's encoding",
    meaning:
      "The encoding is decided once, on the first MiB. A later byte that does not fit it would become a replacement character, and an answer would be altered silently; so the record is left out.",
    fix: "If the file is from an older Windows program, read it with --encoding windows-1252.",
    example: "the bytes 63 61 66 E9 (café in windows-1252) in a file whose first MiB is UTF-8",
    source: "https://encoding.spec.whatwg.org/",
  },
  IO_ENCODING_UNKNOWN: {
    kind: "usage",
    severity: "error",
    title: "That encoding is not known",
    meaning: "Text is read as utf-8, utf-16le, utf-16be or windows-1252.",
    fix: "Use one of those, or convert the file first: iconv -f NAME -t utf-8",
    example: "dpo convert feedback.csv -o train.jsonl --encoding shift_jis",
    source: "docs/cli.md",
  },
  IO_LINE_TOO_LONG: {
    kind: "malformed",
    severity: "error",
    title: "The line is too long to be held in memory",
    meaning:
      "A line of many megabytes is most often a file whose line ends were lost. It is passed over, and the next line is read.",
    fix: "Check that each record stands on a line of its own.",
    example: "a line of 65 MiB, where --max-line-bytes is 64 MiB",
    source: "docs/cli.md",
  },
  IO_JSON_TOO_DEEP: {
    kind: "malformed",
    severity: "error",
    title: "The JSON is nested too deep",
    meaning:
      "Nesting of thousands of levels is made to exhaust the programs that read it; none of the providers' tools reads it either.",
    fix: "Leave the record out, or flatten it.",
    example: "[[[[ … ]]]], more than 2,000 brackets deep",
    source: "https://www.rfc-editor.org/rfc/rfc8259 section 9",
  },
  IO_JSON_DUPLICATE_KEY: {
    kind: "malformed",
    severity: "error",
    title: "A key stands twice in one JSON object",
    meaning:
      "Programs that read JSON keep one of the two values, most of them the last, and say nothing. Which is meant cannot be known.",
    fix: "Remove one of the two.",
    example: '{"content":"a","content":"b"}',
    source: "https://www.rfc-editor.org/rfc/rfc8259 section 4",
  },
  IO_DECOMPRESSION_FAILED: {
    kind: "refusal",
    severity: "error",
    title: "The compressed data is damaged or cut off",
    meaning: "What can be read of it before the damage is not the whole file.",
    fix: "Fetch the file again and compare its size.",
    example: "head -c 1000 feedback.csv.gz > cut.csv.gz\ndpo convert cut.csv.gz -o train.jsonl",
    source: "https://www.rfc-editor.org/rfc/rfc1952",
  },
  IO_DECOMPRESSION_BOMB: {
    kind: "refusal",
    severity: "error",
    title: "The compressed data grows beyond any plausible size",
    meaning: "Data that unpacks to hundreds of times its size is made to exhaust the machine that reads it.",
    fix: "If you trust the file, unpack it first and give the unpacked file.",
    example:
      "(echo prompt,chosen,rejected; yes Hi,Hello,No | head -c 1G) | gzip > same.csv.gz\ndpo convert same.csv.gz -o train.jsonl",
    source: "docs/decisions/2026-11-23-gzip-ratio.md",
  },
  IO_PARQUET_DAMAGED: {
    kind: "refusal",
    severity: "error",
    title: "The Parquet file is damaged or cut off",
    meaning:
      "Its footer, or a page of a column, is not what the format says. Rows before the damage were read; the rest cannot be found without it.",
    fix: "Fetch the file again and compare its size.",
    example: "dpo inspect train.parquet, of a download that was cut off",
    source: "https://parquet.apache.org/docs/file-format/",
  },
  IO_ARROW_DAMAGED: {
    kind: "refusal",
    severity: "error",
    title: "The Arrow data is damaged or cut off",
    meaning: "A message of the stream is not what the format says, or the stream ends within one.",
    fix: "Fetch or save the data again, and compare its size.",
    example: "dpo inspect data-00000-of-00001.arrow, of a copy that was cut off",
    source:
      "https://arrow.apache.org/docs/format/Columnar.html#serialization-and-interprocess-communication-ipc",
  },
  IO_ZIP_DAMAGED: {
    kind: "refusal",
    severity: "error",
    title: "The zip archive is damaged or cut off",
    meaning:
      "The list of its members, which stands at the end, or the data of one, is not what the format says. A download that was cut off has no list.",
    fix: "Fetch the archive again and compare its size.",
    example: "dpo inspect export.zip, of a download that was cut off",
    source: "https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT",
  },
  IO_ZIP_ENCRYPTED: {
    kind: "refusal",
    severity: "error",
    title: "The member of the zip archive is encrypted",
    meaning: "It can be read only with a password, and none is asked for.",
    fix: "Unpack it with the password first, and give the files inside.",
    example: "dpo inspect secret.zip",
    source: "https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT",
  },
  IO_COLUMN_UNKNOWN: {
    kind: "usage",
    severity: "error",
    title: "The file has no column of that name",
    meaning: "A column was asked for by name, and the file's schema does not list it.",
    fix: "Use a name that the file has; `dpo inspect FILE` lists them.",
    example: "dpo convert train.parquet --columns prompt=questoin -o train.jsonl",
    source: "docs/column-names.md",
  },
  IO_DOWNLOAD_FAILED: {
    kind: "usage",
    severity: "error",
    title: "The address could not be read",
    meaning: "The server did not answer, or answered with an error, after retries.",
    fix: "Check the address in a browser, or download the file first.",
    example: "dpo convert https://example.com/gone.csv -o train.jsonl, where the server answers 500",
    source: "packages/io/README.md",
  },
  IO_DOWNLOAD_TOO_LARGE: {
    kind: "usage",
    severity: "error",
    title: "The download is larger than allowed",
    meaning: "A limit keeps an unexpected address from filling the machine.",
    fix: "Raise it with --max-download-bytes.",
    example: "dpo convert https://example.com/feedback.csv -o train.jsonl --max-download-bytes 1MiB",
    source: "docs/cli.md",
  },
  IO_NOT_AUTHORISED: {
    kind: "usage",
    severity: "error",
    title: "The server does not let you read this",
    meaning: "It answered 401 or 403.",
    fix: "Sign in where the data is kept, or ask for access.",
    example: "dpo convert https://example.com/private.csv -o train.jsonl, where the server answers 403",
    source: "https://www.rfc-editor.org/rfc/rfc9110 section 15.5",
  },
  IO_OUTPUT_EXISTS: {
    kind: "usage",
    severity: "error",
    title: "The output is already there",
    meaning: "Nothing is overwritten unless you say so.",
    fix: "Give another output with -o, or add --force to replace it.",
    example: "dpo convert feedback.csv -o train.jsonl, where train.jsonl is there",
    source: "docs/cli.md",
  },
  IO_WRITE_FAILED: {
    kind: "usage",
    severity: "error",
    title: "The output could not be written",
    meaning: "The disk is full, or the place may not be written to. No output of this run is left behind.",
    fix: "Free some room, or write elsewhere with -o.",
    example: "dpo convert feedback.csv -o /mnt/full/train.jsonl, where the disk has no room left",
    source: "docs/architecture.md",
  },
  IO_SORT_LIMIT: {
    kind: "refusal",
    severity: "error",
    title: "What is to be sorted does not fit into memory",
    meaning: "It is sorted as a whole or not at all, and the limit of the sorter in memory is reached.",
    fix: "Raise the limit, or use the sorters of @dpo-kit/io/node, which go on on disk.",
    example: "memoryEntrySorters({ maxBytes: 1 }) that is given two entries",
    source: "packages/io/README.md",
  },
};
