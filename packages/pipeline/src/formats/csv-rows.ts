import { type CsvMalformedRow, type CsvReadOptions, type CsvRow, readCsv } from "@dpo-kit/csv";
import type { DecodedText, Source } from "@dpo-kit/io";
import type { PairwiseRow } from "@dpo-kit/pairwise";
import { DataError, type JsonObject } from "@dpo-kit/schema";
import type { ReadingRequest } from "../conversion-request.ts";
import type { FormatReadOptions } from "./pipeline-format.ts";

type Dialect = Pick<ReadingRequest, "delimiter" | "quote">;

/** Rows of delimited text as rows of columns by name; a cell without text is null, as it is in other tables. */
export async function* csvRows(
  text: Source,
  { delimiter, quote }: Dialect,
  { limit, maxCellBytes, signal, source, units }: FormatReadOptions,
): AsyncGenerator<PairwiseRow> {
  const options: CsvReadOptions = {
    delimiter,
    quote,
    limit,
    maxCellBytes,
    signal,
    source,
    units,
    encoding: "utf-8",
  };
  for await (const row of readCsv(text, options)) {
    yield rowOf(row);
  }
}

/** The rows of the beginning of a text, at most `most`; none where it is no table. */
export async function sampleCsvRows(
  { head, headIsComplete }: DecodedText,
  dialect: Dialect,
  most: number,
): Promise<JsonObject[]> {
  const rows: JsonObject[] = [];
  try {
    for await (const { value } of csvRows(head, dialect, { source: "-", limit: most })) {
      rows.push(...(value === undefined ? [] : [value as JsonObject]));
    }
  } catch (error) {
    if (!DataError.isInstance(error)) {
      throw error;
    }
  }
  // The last row of a sample that was cut may be cut too.
  return headIsComplete || rows.length === most ? rows : rows.slice(0, -1);
}

function rowOf(row: CsvRow | CsvMalformedRow): PairwiseRow {
  if (row.kind === "malformed") {
    const { at, issues, record } = row;
    return {
      at,
      issues,
      ...(record === undefined ? {} : { value: record.value }),
      bytes: record?.bytes ?? 0,
    };
  }
  const { at, cells, header } = row;
  const value = Object.fromEntries(header.map((name, index) => [name, cells[index] || null]));
  return { at, value, bytes: cells.reduce((total, cell) => total + cell.length, 0) };
}
