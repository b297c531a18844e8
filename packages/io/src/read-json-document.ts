import { createByteBuffer } from "./byte-buffer.ts";
import {
  defaultMaxBytes,
  type JsonRecord,
  parseJsonRecord,
  type ReadJsonOptions,
  tooLong,
} from "./parse-json-record.ts";

/**
 * Reads a file that is one JSON text, of any number of lines. What is wrong with it is an issue of the record, as
 * for the lines of a JSON Lines file.
 */
export async function readJsonDocument(
  chunks: AsyncIterable<Uint8Array>,
  options: ReadJsonOptions = {},
): Promise<JsonRecord> {
  const start = { ordinal: 0, line: 1, column: 1, byteOffset: 0 };
  const text = createByteBuffer(options.maxBytes ?? defaultMaxBytes);
  for await (const chunk of chunks) {
    text.add(chunk);
  }
  const bytes = text.bytes();
  if (bytes !== undefined) {
    return parseJsonRecord(bytes, start, options);
  }
  const record = { ...start, byteLength: text.length, issues: [] };
  return { ...record, issues: [tooLong(record, options)] };
}
