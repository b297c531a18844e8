import { createIssue } from "@dpo-kit/schema";
import { createByteBuffer } from "./byte-buffer.ts";
import { isJsonSpace } from "./json-cursor.ts";
import {
  defaultMaxBytes,
  type JsonPosition,
  type JsonRecord,
  parseJsonRecord,
  type ReadJsonOptions,
  tooLong,
} from "./parse-json-record.ts";

/**
 * Reads a file that is one JSON array: an item for each of its elements, in order. Elements are parsed one at a
 * time, so the array may be of any size. An element that is not valid is an item with issues. What is wrong
 * between elements is an item of its own, without text. Arrays one behind the other, as joining files makes them, are
 * read as one.
 */
export async function* readJsonArray(
  chunks: AsyncIterable<Uint8Array>,
  options: ReadJsonOptions = {},
): AsyncGenerator<JsonRecord, void, undefined> {
  const reader = createArrayReader(options);
  for await (const chunk of chunks) {
    yield* reader.write(chunk);
    if (reader.broken) {
      return;
    }
  }
  yield* reader.end();
}

interface ArrayReader {
  write(chunk: Uint8Array): Generator<JsonRecord, void, undefined>;
  end(): Generator<JsonRecord, void, undefined>;
  /** Whether what stands around the elements is no array, so that nothing more can be read. */
  readonly broken: boolean;
}

type Phase = "before" | "first" | "element" | "after" | "broken";

const lineFeed = 0x0a;
const quote = 0x22;
const comma = 0x2c;
const backslash = 0x5c;
const [openBracket, closeBracket, openBrace, closeBrace] = [0x5b, 0x5d, 0x7b, 0x7d];

function createArrayReader(options: ReadJsonOptions): ArrayReader {
  const { source = "input", maxBytes = defaultMaxBytes } = options;
  const element = createByteBuffer(maxBytes);
  const here = { ordinal: 0, line: 1, column: 1, byteOffset: 0 };
  let start: JsonPosition | undefined;
  let phase: Phase = "before";
  let depth = 0;
  let inString = false;
  let escaped = false;

  /** Moves the place behind some bytes. */
  function advance(chunk: Uint8Array, from: number, to: number): void {
    here.byteOffset += to - from;
    for (let at = from; at < to; at += 1) {
      const byte = chunk[at]!;
      if (byte === lineFeed) {
        here.line += 1;
        here.column = 1;
      } else if ((byte & 0xc0) !== 0x80) {
        here.column += byte >= 0xf0 ? 2 : 1;
      }
    }
  }
  function problem(expected: string, found: string): JsonRecord {
    const issue = createIssue("LINE_INVALID_JSON", { location: { source, ...here }, expected, found });
    const record = { ...here, byteLength: 0, issues: [issue] };
    here.ordinal += 1;
    return record;
  }
  /** The element that ends here. Without one, something is missing. */
  function finish(found: string): JsonRecord {
    if (start === undefined) {
      return problem("a value", found);
    }
    const bytes = element.bytes();
    const record =
      bytes === undefined
        ? { ...start, byteLength: element.length, issues: [] }
        : parseJsonRecord(bytes.subarray(0, trimmedEnd(bytes)), start, options);
    start = undefined;
    element.clear();
    here.ordinal += 1;
    return bytes === undefined ? { ...record, issues: [tooLong(record, options)] } : record;
  }
  /** Follows strings and brackets inside an element. */
  function follow(byte: number): void {
    if (inString) {
      inString = escaped || byte !== quote;
      escaped = !escaped && byte === backslash;
    } else if (byte === quote) {
      inString = true;
    } else if (byte === openBracket || byte === openBrace) {
      depth += 1;
    } else if ((byte === closeBracket || byte === closeBrace) && depth > 0) {
      depth -= 1;
    }
  }
  function isInside(): boolean {
    return phase === "first" || phase === "element";
  }
  function keep(part: Uint8Array): void {
    if (start !== undefined) {
      element.add(part);
    }
  }
  function isDelimiter(byte: number): boolean {
    return !inString && depth === 0 && (byte === comma || byte === closeBracket);
  }
  /** What stands outside of elements: the brackets of the array, commas, and what does not belong there. */
  function outside(byte: number): JsonRecord | undefined {
    const character = String.fromCharCode(byte);
    if (phase === "before") {
      phase = byte === openBracket ? "first" : "broken";
      return phase === "broken" ? problem('"[" at the start of the array', character) : undefined;
    }
    if (phase === "after") {
      phase = byte === openBracket ? "first" : "broken";
      return phase === "broken" ? problem("the end of the text", character) : undefined;
    }
    const isEmptyArray = phase === "first" && start === undefined && byte === closeBracket;
    phase = byte === comma ? "element" : "after";
    return isEmptyArray ? undefined : finish(character);
  }

  return {
    get broken() {
      return phase === "broken";
    },
    *write(chunk) {
      let from = 0;
      let at = 0;
      while (at < chunk.length && phase !== "broken") {
        const byte = chunk[at]!;
        let next = at + 1;
        if (isInside() && !isDelimiter(byte)) {
          if (start === undefined && !isJsonSpace(byte)) {
            start = { ...here };
            from = at;
          }
          follow(byte);
          next = inString && !escaped ? nextInString(chunk, next) : next;
        } else if (isInside() || !isJsonSpace(byte)) {
          keep(chunk.subarray(from, at));
          const record = outside(byte);
          yield* record === undefined ? [] : [record];
        }
        advance(chunk, at, next);
        at = next;
      }
      keep(chunk.subarray(from));
    },
    *end() {
      const end = "the end of the text";
      const isComplete = depth === 0 && !inString;
      if (phase === "before") {
        yield problem('"[" at the start of the array', end);
      } else if (isInside()) {
        const hasElement = start !== undefined;
        yield finish(end);
        if (hasElement && isComplete) {
          yield problem('"," or "]"', end);
        }
      }
    },
  };
}

/** The next byte in a string that means something. */
function nextInString(chunk: Uint8Array, start: number): number {
  let at = start;
  while (at < chunk.length && chunk[at] !== quote && chunk[at] !== backslash) {
    at += 1;
  }
  return at;
}

function trimmedEnd(bytes: Uint8Array): number {
  let end = bytes.length;
  while (end > 0 && isJsonSpace(bytes[end - 1]!)) {
    end -= 1;
  }
  return end;
}
