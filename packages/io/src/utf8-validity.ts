/**
 * Where the first byte is that does not belong to valid UTF-8, or -1. Strict, as the Unicode standard's table
 * 3-7 has it (https://www.unicode.org/versions/latest/core-spec/chapter-3/#G27506): overlong forms, surrogates,
 * code points above U+10FFFF and sequences cut off by `end` are invalid. The index is that of the first byte
 * of the bad sequence.
 */
export function findInvalidUtf8(bytes: Uint8Array, start = 0, end: number = bytes.length): number {
  const words = wordsOf(bytes);
  let at = start;
  while (at < end) {
    at = skipAscii(bytes, words, at, end);
    while (at < end && bytes[at]! >= 0x80) {
      const length = sequenceLength(bytes, at, end);
      if (length <= 0) {
        return at;
      }
      at += length;
    }
  }
  return -1;
}

/** Whether the bytes are valid UTF-8, strictly. */
export function isValidUtf8(bytes: Uint8Array): boolean {
  return findInvalidUtf8(bytes) === -1;
}

/** How many bytes of a text are not ASCII, and how many of these belong to no valid sequence. */
export interface Utf8Count {
  nonAscii: number;
  invalid: number;
}

/**
 * Counts what is not ASCII and what is not valid UTF-8.
 * @param cutOff whether more bytes follow: then a sequence that the end cuts off counts as neither.
 */
export function countUtf8(bytes: Uint8Array, cutOff: boolean): Utf8Count {
  const words = wordsOf(bytes);
  const count = { nonAscii: 0, invalid: 0 };
  for (let at = skipAscii(bytes, words, 0, bytes.length); at < bytes.length; ) {
    const length = sequenceLength(bytes, at, bytes.length);
    if (length === 0 && cutOff) {
      break;
    }
    count.nonAscii += Math.max(length, 1);
    count.invalid += length <= 0 ? 1 : 0;
    at = skipAscii(bytes, words, at + Math.max(length, 1), bytes.length);
  }
  return count;
}

const highBits = 0x80808080 | 0;

/** The same bytes in words of four, from the first aligned one: ASCII is skipped by four words at a time. */
function wordsOf(bytes: Uint8Array): Int32Array {
  const start = (bytes.byteOffset + 3) & ~3;
  const end = bytes.byteOffset + bytes.length;
  return new Int32Array(bytes.buffer, Math.min(start, end & ~3), Math.max(0, (end - start) >> 2));
}

function skipAscii(bytes: Uint8Array, words: Int32Array, start: number, end: number): number {
  const offset = words.byteOffset - bytes.byteOffset;
  let at = start;
  while (at < end && (at - offset) & 3) {
    if (bytes[at]! >= 0x80) {
      return at;
    }
    at += 1;
  }
  let word = (at - offset) >> 2;
  const last = ((end - offset) >> 2) - 4;
  while (
    word <= last &&
    ((words[word]! | words[word + 1]! | words[word + 2]! | words[word + 3]!) & highBits) === 0
  ) {
    word += 4;
  }
  at = Math.max(at, word * 4 + offset);
  while (at < end && bytes[at]! < 0x80) {
    at += 1;
  }
  return at;
}

/** The length of the sequence that begins at a byte; 0 where `end` cuts it off, -1 where it is invalid. */
function sequenceLength(bytes: Uint8Array, at: number, end: number): number {
  const lead = bytes[at]!;
  if (lead < 0xc2 || lead > 0xf4) {
    return lead < 0x80 ? 1 : -1;
  }
  const length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  // The second byte alone tells overlong forms, surrogates and what is too large.
  const lowest = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
  const highest = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
  for (let next = 1; next < length; next += 1) {
    if (at + next >= end) {
      return 0;
    }
    const byte = bytes[at + next]!;
    if (byte < (next === 1 ? lowest : 0x80) || byte > (next === 1 ? highest : 0xbf)) {
      return -1;
    }
  }
  return length;
}
