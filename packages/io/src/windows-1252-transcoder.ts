import type { Transcoder } from "./transcoder.ts";

/**
 * What the bytes 0x80 to 0x9F stand for (https://encoding.spec.whatwg.org/index-windows-1252.txt). The five that
 * Microsoft left undefined are the C1 controls of the same number. All other bytes are as in Latin-1.
 */
const upperHalf =
  "\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f" +
  "\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178";

/** The UTF-8 of the bytes from 0x80 on, in three bytes each; two are enough where the third is 0. */
const encoded = encodeUpperHalf();

function encodeUpperHalf(): Uint8Array {
  const table = new Uint8Array(128 * 3);
  for (let byte = 0x80; byte <= 0xff; byte += 1) {
    const character = byte < 0xa0 ? upperHalf[byte - 0x80]! : String.fromCharCode(byte);
    table.set(new TextEncoder().encode(character), (byte - 0x80) * 3);
  }
  return table;
}

/**
 * Makes a transcoder from windows-1252. `TextDecoder` is not used: some Node versions decode the bytes 0x80 to
 * 0x9F as Latin-1 (https://github.com/nodejs/node/issues/56542).
 */
export function createWindows1252Transcoder(inputBytes: number): Transcoder {
  const scratch = new Uint8Array(inputBytes * 3);
  return {
    write(bytes) {
      const end = bytes.length;
      let length = 0;
      let at = 0;
      while (at < end) {
        let byte = bytes[at]!;
        while (byte < 0x80) {
          scratch[length++] = byte;
          at += 1;
          if (at === end) {
            return scratch.slice(0, length);
          }
          byte = bytes[at]!;
        }
        const entry = (byte - 0x80) * 3;
        scratch[length++] = encoded[entry]!;
        scratch[length++] = encoded[entry + 1]!;
        if (encoded[entry + 2] !== 0) {
          scratch[length++] = encoded[entry + 2]!;
        }
        at += 1;
      }
      return scratch.slice(0, length);
    },
    end: () => new Uint8Array(0),
  };
}
