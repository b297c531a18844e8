import type { Transcoder } from "./decode-to-utf8.ts";

/**
 * What the bytes 0x80 to 0x9F stand for (https://encoding.spec.whatwg.org/index-windows-1252.txt). The five that
 * Microsoft left undefined are the C1 controls of the same number. All other bytes are as in Latin-1.
 */
const upperHalf =
  "\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f" +
  "\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178";

/** Code points of all 256 bytes. */
const codePoints = Uint16Array.from({ length: 256 }, (_, byte) =>
  byte >= 0x80 && byte < 0xa0 ? upperHalf.charCodeAt(byte - 0x80) : byte,
);

/**
 * Makes a transcoder from windows-1252. `TextDecoder` is not used: some Node versions decode the bytes 0x80 to
 * 0x9F as Latin-1 (https://github.com/nodejs/node/issues/56542).
 */
export function createWindows1252Transcoder(inputBytes: number): Transcoder {
  const scratch = new Uint8Array(inputBytes * 3);
  return {
    write(bytes) {
      let length = 0;
      for (let at = 0; at < bytes.length; at += 1) {
        const point = codePoints[bytes[at]!]!;
        if (point < 0x80) {
          scratch[length++] = point;
        } else if (point < 0x800) {
          scratch[length++] = 0xc0 | (point >> 6);
          scratch[length++] = 0x80 | (point & 0x3f);
        } else {
          scratch[length++] = 0xe0 | (point >> 12);
          scratch[length++] = 0x80 | ((point >> 6) & 0x3f);
          scratch[length++] = 0x80 | (point & 0x3f);
        }
      }
      return scratch.slice(0, length);
    },
    end: () => new Uint8Array(0),
  };
}
