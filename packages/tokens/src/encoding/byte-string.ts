const CHUNK = 8192;
const utf8 = new TextEncoder();
const beyondAscii = /[^\0-\x7f]/;

/** The UTF-8 of a text as a string of one character a byte. ASCII is its own. Half a surrogate pair is U+FFFD. */
export function byteString(text: string): string {
  return beyondAscii.test(text) ? stringOfBytes(utf8.encode(text)) : text;
}

/** Bytes as a string of one character a byte. */
export function stringOfBytes(bytes: ArrayLike<number>): string {
  if (bytes.length <= CHUNK) {
    return String.fromCharCode(...Array.from(bytes));
  }
  const parts: string[] = [];
  for (let start = 0; start < bytes.length; start += CHUNK) {
    parts.push(String.fromCharCode(...Array.prototype.slice.call(bytes, start, start + CHUNK)));
  }
  return parts.join("");
}
