import {
  type DecodedText,
  type RawLine,
  readChunks,
  readJsonArray,
  readJsonLines,
  readRawLines,
  type Source,
} from "@dpo-kit/io";
import type { PairwiseRow } from "@dpo-kit/pairwise";
import type { JsonObject } from "@dpo-kit/schema";
import { countUnit } from "./count-unit.ts";
import { JsonLineRow } from "./json-line-row.ts";
import { type CountedRow, isReject, isRow, jsonRow, rowOptions } from "./json-row.ts";
import type { FormatReadOptions } from "./pipeline-format.ts";

/** Rows of JSON Lines or of one JSON array. They are read one by one and counted; a limit leaves the rest unread. */
export async function* jsonRows(
  text: Source,
  inArray: boolean,
  read: FormatReadOptions,
): AsyncGenerator<PairwiseRow> {
  const { limit = Number.POSITIVE_INFINITY, signal, source, units } = read;
  const chunks = readChunks(text, signal === undefined ? {} : { signal });
  let count = 0;
  for await (const rows of inArray ? rowsOfArray(chunks, source) : rowsOfLines(chunks, read)) {
    for (const row of rows) {
      yield row;
      countUnit(units, row.unit);
      count += 1;
      if (count >= limit) {
        return;
      }
    }
  }
}

async function* rowsOfLines(
  chunks: AsyncIterable<Uint8Array>,
  { source, units }: FormatReadOptions,
): AsyncGenerator<Iterable<CountedRow>> {
  for await (const lines of readRawLines(chunks)) {
    yield rowsOf(lines);
  }
  function* rowsOf(lines: Iterable<RawLine>): Generator<CountedRow> {
    for (const line of lines) {
      if (line.blank) {
        countUnit(units, "blank");
      } else {
        yield new JsonLineRow(line, source);
      }
    }
  }
}

async function* rowsOfArray(
  chunks: AsyncIterable<Uint8Array>,
  source: string,
): AsyncGenerator<Iterable<CountedRow>> {
  for await (const record of readJsonArray(chunks, { source, ...rowOptions })) {
    yield [jsonRow(record, source)];
  }
}

/** The rows of the beginning of a text that are whole, at most `most`. */
export async function sampleJsonRows({ head, kind }: DecodedText, most: number): Promise<JsonObject[]> {
  const chunks = readChunks(head);
  const rows: JsonObject[] = [];
  for await (const record of kind === "json-array"
    ? readJsonArray(chunks, rowOptions)
    : readJsonLines(chunks, rowOptions)) {
    if (isRow(record)) {
      const value = record.value as JsonObject;
      rows.push(isReject(value) ? value.record : value);
    }
    if (rows.length >= most) {
      break;
    }
  }
  return rows;
}
