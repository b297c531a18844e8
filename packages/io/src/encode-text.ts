const encoder = new TextEncoder();
const halfPair = /[\ud800-\udfff]/u;

/**
 * A text as UTF-8. A half of a surrogate pair, which UTF-8 cannot hold, becomes the three bytes it would have
 * (as in WTF-8, https://simonsapin.github.io/wtf-8/): they are invalid UTF-8, so that a reader finds them.
 * `TextEncoder` would write U+FFFD in its place, which nobody would notice.
 */
export function encodeText(text: string): Uint8Array {
  return halfPair.test(text) ? encodeWithHalfPairs(text) : encoder.encode(text);
}

function encodeWithHalfPairs(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length * 3);
  let length = 0;
  let at = 0;
  for (const match of text.matchAll(/[\ud800-\udfff]/gu)) {
    length += encoder.encodeInto(text.slice(at, match.index), bytes.subarray(length)).written;
    const unit = match[0].charCodeAt(0);
    bytes[length] = 0xe0 | (unit >> 12);
    bytes[length + 1] = 0x80 | ((unit >> 6) & 0x3f);
    bytes[length + 2] = 0x80 | (unit & 0x3f);
    length += 3;
    at = match.index + 1;
  }
  length += encoder.encodeInto(text.slice(at), bytes.subarray(length)).written;
  return bytes.slice(0, length);
}
