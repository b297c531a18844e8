import type { JsonPosition } from "./parse-json-record.ts";

const lineFeed = 0x0a;

/** UTF-16 code units that a byte of UTF-8 begins: none where it continues a character. */
const unitsOf: Uint8Array = Uint8Array.from({ length: 256 }, (_, byte) =>
  (byte & 0xc0) === 0x80 ? 0 : byte >= 0xf0 ? 2 : 1,
);

/** Moves a place behind some bytes of a piece of the text, and gives where that is in the piece. */
export function advance(
  place: JsonPosition,
  piece: Uint8Array,
  { from, to }: { from: number; to: number },
): number {
  let { line, column } = place;
  for (let at = from; at < to; at += 1) {
    const byte = piece[at]!;
    if (byte === lineFeed) {
      line += 1;
      column = 1;
    } else {
      column += unitsOf[byte]!;
    }
  }
  place.line = line;
  place.column = column;
  place.byteOffset += to - from;
  return to;
}
