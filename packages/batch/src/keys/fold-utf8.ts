import { foldText } from "./fold-text.ts";

const SPACE = 0x20;

/** Of each ASCII byte what it folds to: the small letter, or the space for any white space. */
const asciiFold = Uint8Array.from({ length: 0x80 }, (_, byte) => {
  const isCapital = byte >= 0x41 && byte <= 0x5a;
  const isWhiteSpace = byte >= 0x09 && byte <= 0x0d;
  return isCapital ? byte + 0x20 : isWhiteSpace ? SPACE : byte;
});

/**
 * {@link foldText} on bytes, for who has no string: folds the UTF-8 text that lies in `bytes` from `start` to
 * `end` and writes it into `target`, which must have room for three times its length, from `offset`.
 * Gives the offset behind it. ASCII makes no string on the way.
 *
 * @throws {RangeError} when the fold does not fit into the target.
 */
export function foldUtf8Into(
  bytes: Uint8Array,
  start: number,
  end: number,
  target: Uint8Array,
  offset: number,
): number {
  let to = offset;
  let afterSpace = 1;
  for (let at = start; at < end; at += 1) {
    const byte = bytes[at]!;
    if (byte >= 0x80) {
      return foldAsText(bytes.subarray(start, end), target, offset);
    }
    const folded = asciiFold[byte]!;
    const isSpace = folded === SPACE ? 1 : 0;
    target[to] = folded;
    to += 1 - (isSpace & afterSpace);
    afterSpace = isSpace;
  }
  const endsWithSpace = to > offset && afterSpace === 1;
  return endsWithSpace ? to - 1 : to;
}

function foldAsText(text: Uint8Array, target: Uint8Array, offset: number): number {
  const folded = utf8Encoder.encode(foldText(utf8Decoder.decode(text)));
  target.set(folded, offset);
  return offset + folded.length;
}

const utf8Encoder = new TextEncoder();
const utf8Decoder = new TextDecoder("utf-8", { ignoreBOM: true });
