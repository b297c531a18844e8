import { type ByteReader, createByteReader } from "../byte-reader.ts";

/** How far back a copy reaches at most: every writer packs 64 KiB at a time. */
const historyBytes = 1 << 16;
const pieceBytes = 1 << 18;
/** The bytes that one element may copy, and those that it may take up without its literal. */
const [longestCopy, longestElement] = [64, 5];

/**
 * Unpacks Snappy (https://github.com/google/snappy/blob/main/format_description.txt) in pieces of up to 256 KiB, in
 * bounded memory. A piece is overwritten once the next one is asked for. What is wrong is an ordinary `Error`.
 */
export async function* unsnappy(
  packed: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  const input = createByteReader(packed[Symbol.asyncIterator]());
  let left = await readLength(input);
  const output = createOutput();
  while (left > 0) {
    await input.fill(1 << 12);
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

interface Output {
  readonly isFull: boolean;
  /** Unpacks what is whole of the input, and gives how many bytes came of it. */
  write(input: ByteReader): number;
  /** What was unpacked since the last time. */
  take(): Uint8Array;
}

function createOutput(): Output {
  const bytes = new Uint8Array(historyBytes + pieceBytes + longestCopy);
  /** Before it stands what was given already; a copy may reach there. */
  let taken = 0;
  let at = 0;
  let literalLeft = 0;

  /** Makes room once all was given, and keeps what a copy may reach. */
  function slide(): void {
    if (taken === at && at > historyBytes) {
      bytes.copyWithin(0, at - historyBytes, at);
      at = historyBytes;
      taken = at;
    }
  }
  function copyLiteral(input: ByteReader): void {
    const count = Math.min(literalLeft, input.end - input.start, bytes.length - at);
    if (count < 24) {
      for (let index = 0; index < count; index += 1) {
        bytes[at + index] = input.bytes[input.start + index]!;
      }
    } else {
      bytes.set(input.bytes.subarray(input.start, input.start + count), at);
    }
    at += count;
    input.start += count;
    literalLeft -= count;
  }
  function copyBack(length: number, offset: number): void {
    if (offset === 0 || offset > at) {
      throw new Error("a page copies from before its beginning, or from farther back than is read");
    }
    for (const end = at + length; at < end; at += 1) {
      bytes[at] = bytes[at - offset]!;
    }
  }
  /** Takes one element; of a literal what is there. */
  function readElement(input: ByteReader): void {
    const { bytes: source, start } = input;
    const tag = source[start]!;
    const kind = tag & 3;
    if (kind === 0) {
      const extra = Math.max(0, (tag >> 2) - 59);
      literalLeft = 1 + (extra === 0 ? tag >> 2 : littleEndian(source, start + 1, extra));
      input.start += 1 + extra;
      copyLiteral(input);
    } else if (kind === 1) {
      input.start += 2;
      copyBack(4 + ((tag >> 2) & 7), ((tag >> 5) << 8) | source[start + 1]!);
    } else {
      const extra = kind === 2 ? 2 : 4;
      input.start += 1 + extra;
      copyBack(1 + (tag >> 2), littleEndian(source, start + 1, extra));
    }
    if (input.start > input.end) {
      throw new Error("a page is cut off");
    }
  }
  return {
    get isFull() {
      return at + longestCopy > bytes.length;
    },
    write(input) {
      slide();
      const before = at;
      copyLiteral(input);
      // An element may go on behind the input that is there.
      const stop = input.ended ? input.end : input.end - longestElement;
      while (input.start < stop && literalLeft === 0 && at + longestCopy <= bytes.length) {
        readElement(input);
      }
      return at - before;
    },
    take() {
      const piece = bytes.subarray(taken, at);
      taken = at;
      return piece;
    },
  };
}

function littleEndian(bytes: Uint8Array, at: number, count: number): number {
  let value = 0;
  for (let index = count - 1; index >= 0; index -= 1) {
    value = value * 256 + bytes[at + index]!;
  }
  return value;
}
