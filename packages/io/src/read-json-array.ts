import { createIssue } from "@dpo-kit/schema";
import { createByteBuffer } from "./byte-buffer.ts";
import { isJsonSpace } from "./json-cursor.ts";
import { JsonNesting } from "./json-nesting.ts";
import {
  defaultMaxBytes,
  type JsonPosition,
  type JsonRecord,
  parseJsonRecord,
  type ReadJsonOptions,
  tooLong,
} from "./parse-json-record.ts";
import { advance } from "./text-place.ts";

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

const comma = 0x2c;
const [openBracket, closeBracket] = [0x5b, 0x5d];

function createArrayReader(options: ReadJsonOptions): ArrayReader {
  const { source = "input", maxBytes = defaultMaxBytes } = options;
  const element = createByteBuffer(maxBytes);
  const here = { ordinal: 0, line: 1, column: 1, byteOffset: 0 };
  let start: JsonPosition | undefined;
  let phase: Phase = "before";
  const nesting = new JsonNesting();

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
  function isInside(): boolean {
    return phase === "first" || phase === "element";
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
      let at = 0;
      while (at < chunk.length && phase !== "broken") {
        if (start === undefined) {
          at = advance(here, chunk, { from: at, to: endOfSpace(chunk, at) });
          start = isInside() && beginsElement(chunk[at]) ? { ...here } : undefined;
        }
        if (start !== undefined) {
          const end = nesting.endOfElement(chunk, at);
          element.add(chunk.subarray(at, end));
          at = advance(here, chunk, { from: at, to: end });
        }
        if (at < chunk.length) {
          const record = outside(chunk[at]!);
          yield* record === undefined ? [] : [record];
          at = advance(here, chunk, { from: at, to: at + 1 });
        }
      }
    },
    *end() {
      const end = "the end of the text";
      if (phase === "before") {
        yield problem('"[" at the start of the array', end);
      } else if (isInside()) {
        const hasElement = start !== undefined;
        yield finish(end);
        if (hasElement && !nesting.isOpen) {
          yield problem('"," or "]"', end);
        }
      }
    },
  };
}

function beginsElement(byte: number | undefined): boolean {
  return byte !== undefined && byte !== comma && byte !== closeBracket;
}

function endOfSpace(chunk: Uint8Array, start: number): number {
  let end = start;
  while (end < chunk.length && isJsonSpace(chunk[end]!)) {
    end += 1;
  }
  return end;
}

function trimmedEnd(bytes: Uint8Array): number {
  let end = bytes.length;
  while (end > 0 && isJsonSpace(bytes[end - 1]!)) {
    end -= 1;
  }
  return end;
}
