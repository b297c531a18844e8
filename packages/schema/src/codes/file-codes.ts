import * as sources from "../sources.ts";
import type { CodeDefinition } from "./definition.ts";

/** Codes of a whole file of canonical lines. */
export type FileCode =
  | "FILE_TOO_FEW_LINES"
  | "FILE_TOO_MANY_LINES"
  | "FILE_TOO_LARGE"
  | "FILE_LARGE_UPLOAD"
  | "FILE_BYTE_ORDER_MARK"
  | "FILE_BLANK_LINES"
  | "FILE_CRLF"
  | "FILE_JSON_ARRAY"
  | "FILE_NAME_NOT_JSONL";

export const fileCodes: Record<FileCode, CodeDefinition> = {
  FILE_TOO_FEW_LINES: {
    kind: "rule",
    severity: "error",
    title: "The file has fewer lines than the provider takes",
    meaning: "OpenAI and Azure want at least 10 examples, Fireworks 3, Together 1.",
    fix: "Add examples. OpenAI reports this as invalid_n_examples, after the upload.",
    example: "a file of 7 lines",
    source: sources.openaiMinimum,
  },
  FILE_TOO_MANY_LINES: {
    kind: "rule",
    severity: "error",
    title: "The file has more lines than the provider takes",
    meaning: "Fireworks takes at most 3,000,000 examples in a dataset.",
    fix: "Take a sample, or split the file.",
    example: "a file of 3,000,001 lines",
    source: sources.fireworksGuide,
  },
  FILE_TOO_LARGE: {
    kind: "rule",
    severity: "error",
    title: "The file is larger than the provider takes",
    meaning: "OpenAI takes up to 8 GB in parts, Azure less than 512 MB, Together up to 50.1 GiB.",
    fix: "Write it in shards: `dpo convert <input> -o out/ --shard-size target`. Or take a sample of it.",
    example: "a file of 9 GB",
    source: sources.openaiUploads,
  },
  FILE_LARGE_UPLOAD: {
    kind: "rule",
    severity: "warning",
    title: "The file is too large for the plain upload",
    meaning:
      "OpenAI's plain upload takes 512 MB; Azure's is unreliable above 150 MB, and its portal takes 200 MB; Fireworks' takes 150 MB.",
    fix: "Upload it in parts, or split the file.",
    example: "a file of 600 MB",
    source: sources.openaiFiles,
  },
  FILE_BYTE_ORDER_MARK: {
    kind: "rule",
    severity: "warning",
    title: "The file begins with a byte order mark",
    meaning:
      "Together's parser fails on it; OpenAI does not document it. Azure's documentation asks for one, and its own sample has none.",
    fix: "Save the file as UTF-8 without BOM. `dpo validate --fix` does it.",
    example: "EF BB BF 7B 22 69 6E 70 75 74",
    source: sources.togetherCheck,
  },
  FILE_BLANK_LINES: {
    kind: "rule",
    severity: "warning",
    title: "The file has blank lines",
    meaning: "Together's check fails on a blank line; others pass over it.",
    fix: "Remove the blank lines. `dpo validate --fix` does it.",
    example: "a line, an empty line, a line",
    source: sources.togetherCheck,
  },
  FILE_CRLF: {
    kind: "rule",
    severity: "info",
    title: "Lines end with CR LF",
    meaning: "Providers read it; files that dpo-kit writes end lines with LF, so the bytes differ.",
    fix: "Nothing is wrong. `dpo validate --fix` writes LF.",
    example: '{"input":…}\\r\\n',
    source: sources.jsonLines,
  },
  FILE_JSON_ARRAY: {
    kind: "rule",
    severity: "error",
    title: "The file is one JSON array",
    meaning: "Services want JSON Lines: every line one complete object, without commas between them.",
    fix: "Write each element on a line of its own. `dpo validate --fix` does it.",
    example: '[{"input":…}, {"input":…}]',
    source: sources.openaiArrayRefused,
  },
  FILE_NAME_NOT_JSONL: {
    kind: "rule",
    severity: "warning",
    title: "The name of the file does not end in .jsonl",
    meaning: "Uploads for fine-tuning are taken by that ending; a compressed file is not taken.",
    fix: "Rename the file, or unpack it, before the upload.",
    example: "train.json",
    source: sources.openaiFiles,
  },
};
