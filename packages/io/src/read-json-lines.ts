import { type JsonRecord, parseJsonRecord, type ReadJsonOptions, tooLong } from "./parse-json-record.ts";
import { type RawLine, readRawLines } from "./read-raw-lines.ts";

/** One line of a JSON Lines file. */
export interface JsonLine extends JsonRecord {
  /** Whether there is nothing but white space: neither a record nor an error. */
  blank: boolean;
  /** Whether it ended with a carriage return before the line feed, which is not part of `text`. */
  carriageReturn: boolean;
  /** Whether it ended with a line feed: false only for a last line without one. */
  lineFeed: boolean;
}

/**
 * Reads JSON Lines (https://jsonlines.org/): UTF-8 bytes in, one item for each physical line out, in order.
 * Lines end at a line feed and nowhere else: U+2028 is an ordinary character. Each line is decoded strictly and
 * parsed; a line that is not valid is an item with issues, and the next line is read. `ordinal` counts the lines
 * that are not blank. Memory is bounded by `maxBytes`.
 */
export async function* readJsonLines(
  chunks: AsyncIterable<Uint8Array>,
  options: ReadJsonOptions = {},
): AsyncGenerator<JsonLine, void, undefined> {
  for await (const lines of readRawLines(chunks, options)) {
    for (const line of lines) {
      yield parseJsonLine(line, options);
    }
  }
}

/** Decodes and parses a line of {@link readRawLines} as {@link readJsonLines} does. */
export function parseJsonLine(raw: RawLine, options: ReadJsonOptions = {}): JsonLine {
  const { bytes, ordinal, line, byteOffset, byteLength, blank, carriageReturn, lineFeed } = raw;
  const position = { ordinal, line, column: 1, byteOffset };
  const ending = { blank, carriageReturn, lineFeed };
  if (bytes === undefined) {
    const record = { ...position, issues: [], byteLength };
    return { ...record, issues: [tooLong(record, options)], ...ending };
  }
  return blank
    ? { ...position, text: lenient.decode(bytes), issues: [], byteLength, ...ending }
    : Object.assign(parseJsonRecord(bytes, position, options), ending);
}

const lenient = new TextDecoder("utf-8", { ignoreBOM: true });
