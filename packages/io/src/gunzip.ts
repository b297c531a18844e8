import { type ByteReader, createByteReader } from "./byte-reader.ts";
import { crc32 } from "./crc32.ts";
import { type DecompressOptions, decompressionFailed, guardRatio } from "./decompression.ts";
import { inflate } from "./inflate.ts";
import { InflateError } from "./inflate-state.ts";

/** The longest header that is read: names and comments longer than this are no gzip that anybody wrote. */
const longestHeader = 1 << 17;

/**
 * Unpacks gzip (https://datatracker.ietf.org/doc/html/rfc1952) in any JavaScript: all members of the file, in
 * pieces of about 128 KiB, checksums verified. NUL bytes behind the last member are padding; anything else
 * there is an error.
 *
 * @throws IO_DECOMPRESSION_FAILED IO_DECOMPRESSION_BOMB
 */
export async function* gunzip(
  chunks: AsyncIterable<Uint8Array>,
  options: DecompressOptions = {},
): AsyncGenerator<Uint8Array, void, undefined> {
  const iterator = chunks[Symbol.asyncIterator]();
  const input = createByteReader(iterator);
  let produced = 0;
  try {
    do {
      for await (const piece of member(input)) {
        produced += piece.length;
        guardRatio(input.taken, produced, options);
        yield piece;
      }
    } while (await hasAnotherMember(input));
  } catch (error) {
    if (error instanceof InflateError) {
      const what = `The gzip data cannot be unpacked behind byte ${input.taken}: ${error.message}`;
      throw decompressionFailed(what, options, error);
    }
    throw error;
  } finally {
    await iterator.return?.();
  }
}

async function* member(input: ByteReader): AsyncGenerator<Uint8Array, void, undefined> {
  await skipHeader(input);
  let checksum = 0;
  let length = 0;
  for await (const piece of inflate(input)) {
    checksum = crc32(piece, checksum);
    length += piece.length;
    yield piece;
  }
  await need(input, 8);
  const trailer = new DataView(input.bytes.buffer, input.bytes.byteOffset + input.start, 8);
  if (trailer.getUint32(0, true) !== checksum || trailer.getUint32(4, true) !== length % 2 ** 32) {
    throw new InflateError("its checksum does not match");
  }
  input.start += 8;
}

async function skipHeader(input: ByteReader): Promise<void> {
  await need(input, 10);
  const { bytes, start } = input;
  const flags = bytes[start + 3]!;
  if (bytes[start] !== 0x1f || bytes[start + 1] !== 0x8b || bytes[start + 2] !== 8 || flags > 0x1f) {
    throw new InflateError("what is there is no gzip header");
  }
  input.start += 10;
  if (flags & 4) {
    await need(input, 2);
    const length = input.bytes[input.start]! | (input.bytes[input.start + 1]! << 8);
    await need(input, 2 + length);
    input.start += 2 + length;
  }
  for (const named of [flags & 8, flags & 16]) {
    await (named ? skipText(input) : undefined);
  }
  if (flags & 2) {
    await need(input, 2);
    input.start += 2;
  }
}

async function skipText(input: ByteReader): Promise<void> {
  for (let read = 0; read < longestHeader; read += 1) {
    await need(input, 1);
    input.start += 1;
    if (input.bytes[input.start - 1] === 0) {
      return;
    }
  }
  throw new InflateError("its header does not end");
}

async function need(input: ByteReader, count: number): Promise<void> {
  if (!(await input.fill(count))) {
    throw new InflateError("it is cut off");
  }
}

async function hasAnotherMember(input: ByteReader): Promise<boolean> {
  let padded = false;
  while (await input.fill(1)) {
    if (input.bytes[input.start] !== 0) {
      if (padded || input.bytes[input.start] !== 0x1f) {
        throw new InflateError("other data follows");
      }
      return true;
    }
    padded = true;
    input.start += 1;
  }
  return false;
}
