import { type ByteReader, createByteReader } from "../byte-reader.ts";
import { checkMessage } from "./check-message.ts";

/** More than the largest schema or list of buffers; a batch's values are not counted. */
const largestMetadata = 1 << 26;
/** A batch must fit into one array. */
const largestBody = 2 ** 31;

/**
 * Cuts a stream of Arrow into its messages (https://arrow.apache.org/docs/format/Columnar.html#encapsulated-message-format),
 * each whole and checked: the library that decodes them believes every length in them, and what it gives for a
 * stream depends on how that is cut. Ends at the end mark, or where the stream ends between messages.
 *
 * The file format is a magic of 8 bytes, a stream, and a list of its batches, which reading in order does not need.
 *
 * What is wrong with it is an ordinary `Error`.
 */
export async function* readMessages(
  chunks: AsyncIterator<Uint8Array>,
  isFile: boolean,
): AsyncGenerator<Uint8Array, void, undefined> {
  const input = createByteReader(chunks);
  if (isFile) {
    await need(input, 8);
    input.start += 8;
  }
  while (await input.fill(1)) {
    await need(input, 4);
    // Before version 0.15 the length stood at the very start.
    const prefix = int32(input, 0) === -1 ? 8 : 4;
    await need(input, prefix);
    const metadataLength = int32(input, prefix - 4);
    if (metadataLength === 0) {
      yield take(input, prefix);
      return;
    }
    if (metadataLength < 16 || metadataLength > largestMetadata) {
      throw new Error("a message has a length that cannot be");
    }
    await need(input, prefix + metadataLength);
    const { bytes, start } = input;
    const metadata = bytes.subarray(start + prefix, start + prefix + metadataLength);
    const bodyLength = checkMessage(metadata);
    if (bodyLength < 0n || bodyLength > BigInt(largestBody)) {
      throw new Error("a message has a body of a length that cannot be");
    }
    const length = prefix + metadataLength + Number(bodyLength);
    await need(input, length);
    yield take(input, length);
  }
  if (isFile) {
    throw new Error("it is cut off");
  }
}

function int32({ bytes, start }: ByteReader, at: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset).getInt32(start + at, true);
}

function take(input: ByteReader, length: number): Uint8Array {
  // A copy: the values of a batch are read from it while the next one is being read.
  const bytes = input.bytes.slice(input.start, input.start + length);
  input.start += length;
  return bytes;
}

async function need(input: ByteReader, count: number): Promise<void> {
  if (!(await input.fill(count))) {
    throw new Error("it is cut off");
  }
}
