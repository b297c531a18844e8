import { isBlank } from "@dpo-kit/schema";
import { createByteBuffer } from "./byte-buffer.ts";
import {
  defaultMaxBytes,
  type JsonRecord,
  parseJsonRecord,
  type ReadJsonOptions,
  tooLong,
} from "./parse-json-record.ts";

/** One line of a JSON Lines file. */
export interface JsonLine extends JsonRecord {
  /** Whether there is nothing but white space: neither a record nor an error. */
  blank: boolean;
  /** Whether it ended with a carriage return before the line feed, which is not part of `text`. */
  carriageReturn: boolean;
  /** Whether it ended with a line feed: false only for a last line without one. */
  lineFeed: boolean;
}

const lineFeed = 0x0a;
const carriageReturn = 0x0d;

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
  const reader = createLineReader(options);
  for await (const chunk of chunks) {
    yield* reader.write(chunk);
  }
  yield* reader.end();
}

interface LineReader {
  write(chunk: Uint8Array): Generator<JsonLine, void, undefined>;
  end(): Generator<JsonLine, void, undefined>;
}

function createLineReader(options: ReadJsonOptions): LineReader {
  const { maxBytes = defaultMaxBytes } = options;
  const position = { ordinal: 0, line: 1, column: 1, byteOffset: 0 };
  // One byte more than a line may have: a carriage return is not counted.
  const begun = createByteBuffer(maxBytes + 1);

  function lineOf(bytes: Uint8Array | undefined, length: number, ended: boolean): JsonLine {
    const line = parseLine(bytes, length, ended);
    position.line += 1;
    position.byteOffset += length + (ended ? 1 : 0);
    position.ordinal += line.blank ? 0 : 1;
    return line;
  }
  function parseLine(bytes: Uint8Array | undefined, length: number, ended: boolean): JsonLine {
    const returned = ended && bytes?.at(-1) === carriageReturn;
    const content = returned ? bytes.subarray(0, -1) : bytes;
    const ending = { blank: false, carriageReturn: returned, lineFeed: ended };
    if (content === undefined || content.length > maxBytes) {
      const record = { ...position, issues: [], byteLength: content?.length ?? length };
      return { ...record, issues: [tooLong(record, options)], ...ending };
    }
    const text = mayBeBlank(content) ? lenient.decode(content) : undefined;
    if (text !== undefined && isBlank(text)) {
      return { ...position, text, issues: [], byteLength: content.length, ...ending, blank: true };
    }
    return Object.assign(parseJsonRecord(content, position, options), ending);
  }

  return {
    *write(chunk) {
      let at = 0;
      for (let feed = chunk.indexOf(lineFeed); feed !== -1; feed = chunk.indexOf(lineFeed, at)) {
        const part = chunk.subarray(at, feed);
        if (begun.length === 0) {
          yield lineOf(part, part.length, true);
        } else {
          begun.add(part);
          const line = lineOf(begun.bytes(), begun.length, true);
          begun.clear();
          yield line;
        }
        at = feed + 1;
      }
      begun.add(chunk.subarray(at));
    },
    *end() {
      if (begun.length > 0) {
        yield lineOf(begun.bytes(), begun.length, false);
      }
    },
  };
}

const lenient = new TextDecoder("utf-8", { ignoreBOM: true });

/** A line of JSON begins with a printing ASCII character: whatever else begins a line may be white space. */
function mayBeBlank(bytes: Uint8Array): boolean {
  const first = bytes[0];
  return first === undefined || first <= 0x20 || first >= 0x80;
}
