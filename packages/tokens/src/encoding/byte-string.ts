const beyondAscii = /[^\0-\x7f]/;

/** The UTF-8 of a text as a string of one character a byte. ASCII is its own. Half a surrogate pair is U+FFFD. */
export function byteString(text: string): string {
  if (!beyondAscii.test(text)) {
    return text;
  }
  let bytes = "";
  for (const character of text) {
    bytes += bytesOf(character.codePointAt(0)!);
  }
  return bytes;
}

/** By hand: some hundred thousand tokens go through here before the first text is counted, one by one. */
function bytesOf(point: number): string {
  if (point < 0x80) {
    return String.fromCharCode(point);
  }
  if (point < 0x800) {
    return String.fromCharCode(0xc0 | (point >> 6), trailing(point, 0));
  }
  if (point >= 0xd800 && point <= 0xdfff) {
    return "\xef\xbf\xbd";
  }
  if (point < 0x10000) {
    return String.fromCharCode(0xe0 | (point >> 12), trailing(point, 6), trailing(point, 0));
  }
  return String.fromCharCode(
    0xf0 | (point >> 18),
    trailing(point, 12),
    trailing(point, 6),
    trailing(point, 0),
  );
}

function trailing(point: number, shift: number): number {
  return 0x80 | ((point >> shift) & 0x3f);
}
