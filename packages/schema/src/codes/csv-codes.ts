import type { CodeDefinition } from "./definition.ts";

/** Codes of delimited text. */
export type CsvCode =
  | "CSV_RAGGED_ROW"
  | "CSV_UNCLOSED_QUOTE"
  | "CSV_TEXT_AFTER_QUOTE"
  | "CSV_TOO_MANY_RECOVERIES"
  | "CSV_CELL_TOO_LARGE"
  | "CSV_TOO_MANY_COLUMNS"
  | "CSV_NO_HEADER"
  | "CSV_DUPLICATE_COLUMN"
  | "CSV_COLUMN_MISSING"
  | "CSV_COLUMN_AMBIGUOUS"
  | "CSV_COLUMN_UNKNOWN"
  | "CSV_CELL_NOT_JSON"
  | "CSV_TEMPLATE_INVALID";

export const csvCodes: Record<CsvCode, CodeDefinition> = {
  CSV_RAGGED_ROW: {
    kind: "malformed",
    severity: "error",
    title: "The row has another number of fields than the header",
    meaning:
      "A field too many is most often a delimiter inside a text that was not quoted; a field too few, a line break in such a text. Guessing which columns the fields belong to would shift answers into the wrong column, so the row is left out.",
    fix: "Quote the field that holds the delimiter or line break, or export the file again with all fields quoted.",
    example: "prompt,chosen,rejected\nHi, there,Hello,No",
    source: "https://www.rfc-editor.org/rfc/rfc4180 section 2.4",
  },
  CSV_UNCLOSED_QUOTE: {
    kind: "malformed",
    severity: "error",
    title: "A quoted field is never closed",
    meaning:
      "The quote that opens the field has no closing quote before the cell limit or the end of the file. Only that record is left out; reading goes on at the next physical line.",
    fix: 'Close the field with a quote, and write quotes inside it twice: "".',
    example: 'prompt,chosen,rejected\nHi,"Hello,No',
    source: "https://www.rfc-editor.org/rfc/rfc4180 section 2.7",
  },
  CSV_TEXT_AFTER_QUOTE: {
    kind: "malformed",
    severity: "error",
    title: "A closing quote is followed by text",
    meaning:
      "The quote ends the field, so a delimiter or the end of the line must follow. Most often it is a quote inside the text that was not doubled, or one that was escaped with a backslash. Where the field ends instead would be a guess, so the row is left out.",
    fix: 'Write quotes inside a quoted field twice: "".',
    example: 'prompt,chosen,rejected\nHi,"She said "yes" to it",No',
    source: "https://www.rfc-editor.org/rfc/rfc4180 section 2.7",
  },
  CSV_TOO_MANY_RECOVERIES: {
    kind: "refusal",
    severity: "error",
    title: "More than 1,000 quoted fields are never closed",
    meaning:
      "The quoting of this file is not what it was read as, so what was read of it is not to be trusted.",
    fix: "Give the right quote character with --quote, or export the file again.",
    example: 'prompt,chosen,rejected\nHi,"Hello,No\nHi,"Hello,No\n… and so on',
    source: "packages/csv/README.md",
  },
  CSV_CELL_TOO_LARGE: {
    kind: "malformed",
    severity: "error",
    title: "A cell is larger than the limit",
    meaning: "A cell may hold 32 MiB unless --max-cell-bytes says otherwise, so that memory stays bounded.",
    fix: "Raise the limit with --max-cell-bytes, or look whether a quote is missing.",
    example: "a cell of 33 MiB, where --max-cell-bytes is 32 MiB",
    source: "docs/cli.md",
  },
  CSV_TOO_MANY_COLUMNS: {
    kind: "refusal",
    severity: "error",
    title: "The header has more columns than can be meant",
    meaning: "More than 100,000 columns are the sign of a wrong delimiter or of a file that is no table.",
    fix: "Give the delimiter with --delimiter.",
    example: "a first line with 100,001 commas",
    source: "docs/architecture.md",
  },
  CSV_NO_HEADER: {
    kind: "refusal",
    severity: "error",
    title: "The file has no header row",
    meaning: "Columns are found by their names, which the first record must hold.",
    fix: "Put a first line with the column names into the file, for instance: prompt,chosen,rejected",
    example: ",,\nHi,Hello,No",
    source: "docs/column-names.md",
  },
  CSV_DUPLICATE_COLUMN: {
    kind: "usage",
    severity: "error",
    title: "A mapped column name stands in the header twice",
    meaning: "Which of the two holds the text cannot be known.",
    fix: "Rename one of the columns in the file.",
    example: "prompt,chosen,chosen,rejected",
    source: "docs/column-names.md",
  },
  CSV_COLUMN_MISSING: {
    kind: "usage",
    severity: "error",
    title: "No column was found for a part of the pair that must be there",
    meaning:
      "A pair needs a prompt, a preferred and a non-preferred answer. No column has a name known for one of them.",
    fix: "Name the columns: --columns prompt=…,preferred=…,non_preferred=…",
    example: "task,best,worst",
    source: "docs/column-names.md",
  },
  CSV_COLUMN_AMBIGUOUS: {
    kind: "usage",
    severity: "error",
    title: "Several columns could be meant",
    meaning:
      "More than one column has a name known for the same part of the pair. Which is meant is not guessed.",
    fix: "Name the column that is meant with --columns.",
    example: "prompt,question,chosen,rejected",
    source: "docs/column-names.md",
  },
  CSV_COLUMN_UNKNOWN: {
    kind: "usage",
    severity: "error",
    title: "A column that was named is not in the header",
    meaning: "--columns or --prompt-template names a column that the file does not have.",
    fix: "Use one of the names of the header, exactly as it is written there.",
    example: "prompt,chosen,rejected, with --columns prompt=question",
    source: "docs/column-names.md",
  },
  CSV_CELL_NOT_JSON: {
    kind: "rejected",
    severity: "error",
    title: "A structured cell cannot be read",
    meaning:
      "The column holds messages, history or tools as JSON (or as Python prints it), and this cell is none of them.",
    fix: "Mend the JSON in that cell.",
    example: 'messages,chosen,rejected\n"[{""role"": ""user"", ""content"": ",Hello,No',
    source: "https://www.rfc-editor.org/rfc/rfc8259",
  },
  CSV_TEMPLATE_INVALID: {
    kind: "usage",
    severity: "error",
    title: "The prompt template cannot be used",
    meaning: "A template holds column names in braces; a brace that is meant as such is written twice.",
    fix: "Write it like --prompt-template '{title}\\n\\n{body}'.",
    example: "dpo convert feedback.csv -o train.jsonl --prompt-template '{title'",
    source: "docs/cli.md",
  },
};
