import { isBlank } from "@dpo-kit/schema";
import { createByteBuffer } from "./byte-buffer.ts";
import { defaultMaxBytes } from "./parse-json-record.ts";

/** One physical line of a file as it stands there. */
export interface RawLine {
  /** Without its end, until the next line is asked for; missing where there are too many of them. */
  bytes: Uint8Array | undefined;
  /** How many lines before it are not blank. */
  ordinal: number;
  /** From 1. */
  line: number;
  /** Where it begins in the decoded text. */
  byteOffset: number;
  /** Its length, without its end. */
  byteLength: number;
  /** Whether there is nothing but white space. */
  blank: boolean;
  /** Whether it ended with a carriage return before the line feed, which is not part of `bytes`. */
  carriageReturn: boolean;
  /** Whether it ended with a line feed: false only for a last line without one. */
  lineFeed: boolean;
}

const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/**
 * Cuts UTF-8 into physical lines, of each chunk those that end in it: to wait for each line by itself would take
 * longer than to read it. Lines end at a line feed and nowhere else. Longer ones than `maxBytes` (default 64 MiB) are
 * passed over without being held.
 */
export async function* readRawLines(
  chunks: AsyncIterable<Uint8Array>,
  { maxBytes = defaultMaxBytes }: { maxBytes?: number } = {},
): AsyncGenerator<Iterable<RawLine>, void, undefined> {
  const cutter = new LineCutter(maxBytes);
  for await (const chunk of chunks) {
    yield cutter.write(chunk);
  }
  yield cutter.end();
}

class LineCutter {
  readonly #maxBytes: number;
  /** One byte more than a line may have: a carriage return is not counted. */
  readonly #begun: ReturnType<typeof createByteBuffer>;
  #ordinal = 0;
  #line = 1;
  #byteOffset = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
    this.#begun = createByteBuffer(maxBytes + 1);
  }

  *write(chunk: Uint8Array): Generator<RawLine, void, undefined> {
    const begun = this.#begun;
    let at = 0;
    for (let feed = chunk.indexOf(lineFeed); feed !== -1; feed = chunk.indexOf(lineFeed, at)) {
      const part = chunk.subarray(at, feed);
      if (begun.length === 0) {
        yield this.#cut(part, part.length, true);
      } else {
        begun.add(part);
        yield this.#cut(begun.bytes(), begun.length, true);
        begun.clear();
      }
      at = feed + 1;
    }
    begun.add(chunk.subarray(at));
  }

  *end(): Generator<RawLine, void, undefined> {
    if (this.#begun.length > 0) {
      yield this.#cut(this.#begun.bytes(), this.#begun.length, false);
    }
  }

  #cut(given: Uint8Array | undefined, length: number, ended: boolean): RawLine {
    const returned = ended && given !== undefined && given[given.length - 1] === carriageReturn;
    const content = returned ? given.subarray(0, -1) : given;
    const blank = content !== undefined && isBlankLine(content);
    const line: RawLine = {
      bytes: content === undefined || content.length > this.#maxBytes ? undefined : content,
      ordinal: this.#ordinal,
      line: this.#line,
      byteOffset: this.#byteOffset,
      byteLength: content?.length ?? length,
      blank: blank && content.length <= this.#maxBytes,
      carriageReturn: returned,
      lineFeed: ended,
    };
    this.#line += 1;
    this.#byteOffset += length + (ended ? 1 : 0);
    this.#ordinal += line.blank ? 0 : 1;
    return line;
  }
}

/** A line of JSON begins with a printing ASCII character: whatever else begins a line may be white space. */
function isBlankLine(bytes: Uint8Array): boolean {
  const first = bytes[0];
  return first === undefined || ((first <= 0x20 || first >= 0x80) && isBlank(lenient.decode(bytes)));
}

const lenient = new TextDecoder("utf-8", { ignoreBOM: true });
