import type { TextSpan } from "./message-writer.ts";

/**
 * How many bytes of white space begin at `at`: 0 if the character there is something else. White space is what
 * `@dpo-kit/schema` says it is: Unicode's White_Space and U+FEFF. The bytes are valid UTF-8.
 */
export function whiteSpaceAt(bytes: Uint8Array, at: number): number {
  const lead = bytes[at]!;
  if (lead < 0x80) {
    return lead === 0x20 || (lead >= 0x09 && lead <= 0x0d) ? 1 : 0;
  }
  const second = bytes[at + 1]!;
  if (lead === 0xc2) {
    return second === 0x85 || second === 0xa0 ? 2 : 0;
  }
  return isWideWhiteSpace(lead, second, bytes[at + 2]!) ? 3 : 0;
}

function isWideWhiteSpace(lead: number, second: number, third: number): boolean {
  switch (lead) {
    case 0xe1: // U+1680
      return second === 0x9a && third === 0x80;
    case 0xe2: // U+2000 to U+200A, U+2028, U+2029, U+202F; U+205F
      return second === 0x80
        ? third <= 0x8a || third === 0xa8 || third === 0xa9 || third === 0xaf
        : second === 0x81 && third === 0x9f;
    case 0xe3: // U+3000
      return second === 0x80 && third === 0x80;
    case 0xef: // U+FEFF
      return second === 0xbb && third === 0xbf;
    default:
      return false;
  }
}

/** Whether a text has nothing but white space. */
export function isBlankSpan(span: TextSpan): boolean {
  return firstWord(span) >= span.end;
}

/** Whether two texts are equal but for white space around them. */
export function sameTrimmed(one: TextSpan, other: TextSpan): boolean {
  let at = firstWord(one);
  let against = firstWord(other);
  const end = lastWordEnd(one, at);
  if (end - at !== lastWordEnd(other, against) - against) {
    return false;
  }
  while (at < end && one.bytes[at] === other.bytes[against]) {
    at += 1;
    against += 1;
  }
  return at === end;
}

/**
 * Whether two texts that differ may be equal once composed (NFC): false is certain. Where they first differ they
 * must have a letter that is composed, or one that a mark follows; plain ASCII on both sides stays what it is.
 */
export function mayBeSameComposed(one: TextSpan, other: TextSpan): boolean {
  let at = firstWord(one);
  let against = firstWord(other);
  while (at < one.end && against < other.end && one.bytes[at] === other.bytes[against]) {
    at += 1;
    against += 1;
  }
  return !(isPlainAscii(one, at) && isPlainAscii(other, against));
}

/** Whether the byte and the one behind it are ASCII, or white space or nothing follows. */
function isPlainAscii({ bytes, end }: TextSpan, at: number): boolean {
  return (at >= end || bytes[at]! < 0x80) && (at + 1 >= end || bytes[at + 1]! < 0x80);
}

function firstWord({ bytes, start, end }: TextSpan): number {
  let at = start;
  while (at < end) {
    const length = whiteSpaceAt(bytes, at);
    if (length === 0) {
      return at;
    }
    at += length;
  }
  return end;
}

function lastWordEnd({ bytes, end }: TextSpan, start: number): number {
  let at = end;
  while (at > start) {
    let character = at - 1;
    while (character > start && (bytes[character]! & 0xc0) === 0x80) {
      character -= 1;
    }
    if (whiteSpaceAt(bytes, character) === 0) {
      return at;
    }
    at = character;
  }
  return at;
}
