import { type ByteReader, createByteReader } from "../byte-reader.ts";

/** How far back a copy reaches at most: every writer packs 64 KiB at a time. */
const historyBytes = 1 << 16;
const pieceBytes = 1 << 18;
/** The bytes that one element may copy, and those that it may take up without its literal. */
const [longestCopy, longestElement] = [64, 5];
/** From this length on a call of `set` is faster than a loop. */
const longLiteral = 48;

/**
 * Unpacks Snappy (https://github.com/google/snappy/blob/main/format_description.txt) in pieces of up to 256 KiB, in
 * bounded memory. A piece is overwritten once the next one is asked for. What is wrong is an ordinary `Error`.
 */
export async function* unsnappy(
  packed: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  const input = createByteReader(packed[Symbol.asyncIterator]());
  let left = await readLength(input);
  const output = new Output();
  while (left > 0) {
    await input.fill(1 << 14);
    if (input.start === input.end) {
      throw new Error("a page is cut off");
    }
    left -= output.write(input);
    if (output.isFull || left <= 0) {
      yield output.take();
    }
  }
  if (left < 0) {
    throw new Error("a page unpacks to more than it says");
  }
}

async function readLength(input: ByteReader): Promise<number> {
  await input.fill(5);
  let length = 0;
  for (let factor = 1; factor <= 2 ** 28 && input.start < input.end; factor *= 128) {
    const byte = input.bytes[input.start++]!;
    length += (byte & 0x7f) * factor;
    if (byte < 0x80) {
      return length;
    }
  }
  throw new Error("the length of a page is cut off");
}

/** What was unpacked last, as far back as a copy may reach. */
class Output {
  readonly #bytes = new Uint8Array(historyBytes + pieceBytes + longestCopy);
  /** Before it stands what was given already. */
  #taken = 0;
  #at = 0;
  /** How much of a literal is still to come. */
  #literalLeft = 0;

  get isFull(): boolean {
    return this.#at + longestCopy > this.#bytes.length;
  }

  /** What was unpacked since the last time. */
  take(): Uint8Array {
    const piece = this.#bytes.subarray(this.#taken, this.#at);
    this.#taken = this.#at;
    return piece;
  }

  /** Unpacks what is whole of the input, and gives how many bytes came of it. */
  write(input: ByteReader): number {
    this.#slide();
    const before = this.#at;
    this.#copyLiteral(input);
    // An element may go on behind the input that is there.
    const stop = input.ended ? input.end : input.end - longestElement;
    while (this.#literalLeft === 0 && input.start < stop && !this.isFull) {
      this.#copyElements(input, stop);
      this.#copyLiteral(input);
    }
    if (input.start > input.end) {
      throw new Error("a page is cut off");
    }
    return this.#at - before;
  }

  /** Makes room once all was given, and keeps what a copy may reach. */
  #slide(): void {
    if (this.#taken === this.#at && this.#at > historyBytes) {
      this.#bytes.copyWithin(0, this.#at - historyBytes, this.#at);
      this.#at = historyBytes;
      this.#taken = historyBytes;
    }
  }

  #copyLiteral(input: ByteReader): void {
    const count = Math.min(this.#literalLeft, input.end - input.start, this.#bytes.length - this.#at);
    if (count > 0) {
      this.#bytes.set(input.bytes.subarray(input.start, input.start + count), this.#at);
      this.#at += count;
      input.start += count;
      this.#literalLeft -= count;
    }
  }

  /** Goes on until a long literal or the end. */
  // biome-ignore lint/complexity/noExcessiveCognitiveComplexity: calls would take longer than the few bytes they copy
  #copyElements(input: ByteReader, stop: number): void {
    const source = input.bytes;
    const target = this.#bytes;
    const full = target.length - longestCopy;
    const lastLiteral = stop - longLiteral;
    let from = input.start;
    let at = this.#at;
    let long = 0;
    while (from < stop && at <= full && long === 0) {
      const tag = source[from]!;
      const kind = tag & 3;
      if (kind === 0) {
        const extra = tag < 240 ? 0 : (tag >> 2) - 59;
        const length = 1 + (extra === 0 ? tag >> 2 : littleEndian(source, from + 1, extra));
        from += 1 + extra;
        long = length > longLiteral || from > lastLiteral ? length : 0;
        for (const end = long === 0 ? from + length : from; from < end; from += 1, at += 1) {
          target[at] = source[from]!;
        }
      } else {
        const length = kind === 1 ? 4 + ((tag >> 2) & 7) : 1 + (tag >> 2);
        const offset = copyOffset(source, from);
        from += kind === 3 ? 5 : 1 + kind;
        if (offset === 0 || offset > at) {
          throw new Error("a page copies from before its beginning, or from farther back than is read");
        }
        for (const end = at + length; at < end; at += 1) {
          target[at] = target[at - offset]!;
        }
      }
    }
    input.start = from;
    this.#at = at;
    this.#literalLeft = long;
  }
}

/** How far back the copy reaches whose tag stands at an offset. */
function copyOffset(source: Uint8Array, at: number): number {
  const tag = source[at]!;
  if ((tag & 3) === 1) {
    return ((tag >> 5) << 8) | source[at + 1]!;
  }
  return (tag & 3) === 2 ? source[at + 1]! | (source[at + 2]! << 8) : littleEndian(source, at + 1, 4);
}

function littleEndian(bytes: Uint8Array, at: number, count: number): number {
  let value = 0;
  for (let index = count - 1; index >= 0; index -= 1) {
    value = value * 256 + bytes[at + index]!;
  }
  return value;
}
