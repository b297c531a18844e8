/** The types of Thrift's compact protocol whose values have parts, and those of a fixed length. */
const [trueType, falseType, byteType, doubleType, binaryType, listType, structType] = [1, 2, 3, 7, 8, 9, 12];
/** Numbers of 16, 32 and 64 bits, all of variable length. */
const numberTypes: ReadonlySet<number> = new Set([4, 5, 6]);
const deepest = 64;

interface ThriftReader {
  readonly bytes: Uint8Array;
  at: number;
}

/**
 * Checks that no list of a Thrift structure
 * (https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md) says that it has more items
 * than there are bytes: the decoder makes room for as many as it says. What is cut off is left to the decoder.
 *
 * @throws {Error} where one does, or where structures are nested deeper than in any real file.
 */
export function checkThrift(bytes: Uint8Array): void {
  skipStruct({ bytes, at: 0 }, 0);
}

function skipStruct(reader: ThriftReader, depth: number): void {
  if (depth > deepest) {
    throw new Error("its metadata is nested too deep");
  }
  while (reader.at < reader.bytes.length) {
    const head = reader.bytes[reader.at++]!;
    const type = head & 0x0f;
    if (type === 0) {
      return;
    }
    if (head >> 4 === 0) {
      readNumber(reader);
    }
    skipValue(reader, type, depth);
  }
}

function skipValue(reader: ThriftReader, type: number, depth: number): void {
  if (type === byteType || type === doubleType) {
    reader.at += type === byteType ? 1 : 8;
  } else if (type === binaryType) {
    const length = readNumber(reader);
    reader.at += length;
  } else if (numberTypes.has(type)) {
    readNumber(reader);
  } else if (type === listType) {
    skipList(reader, depth + 1);
  } else if (type === structType) {
    skipStruct(reader, depth + 1);
  } else if (type !== trueType && type !== falseType) {
    throw new Error(`its metadata has a value of the unknown type ${type}`);
  }
}

function skipList(reader: ThriftReader, depth: number): void {
  const head = reader.bytes[reader.at++] ?? 0;
  const type = head & 0x0f;
  const isTruth = type === trueType || type === falseType;
  const size = head >> 4 === 15 ? readNumber(reader) : head >> 4;
  if (size > reader.bytes.length - reader.at || depth > deepest) {
    throw new Error("its metadata has a list of more items than there is room for");
  }
  for (let item = 0; item < size; item += 1) {
    skipValue(reader, isTruth ? byteType : type, depth);
  }
}

function readNumber(reader: ThriftReader): number {
  let number = 0;
  for (let factor = 1; factor < 2 ** 70; factor *= 128) {
    const byte = reader.bytes[reader.at++] ?? 0;
    number += (byte & 0x7f) * factor;
    if (byte < 0x80) {
      break;
    }
  }
  return number;
}
