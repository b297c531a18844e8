import { CARRIAGE_RETURN, LINE_FEED } from "./ascii.ts";

/** Where an editor shows a byte: both from 1, the column in UTF-16 code units. */
export interface TextPosition {
  line: number;
  column: number;
}

/**
 * Finds the place of the byte at `at` by reading from `start`, the first byte of the physical line `line`.
 * Lines end with CRLF, LF or a lone CR.
 */
export function positionOf(
  bytes: Uint8Array,
  at: number,
  from: { start: number; line: number },
): TextPosition {
  let { line, start: lineStart } = from;
  for (let next = nextLineStart(bytes, lineStart, at); next !== -1; next = nextLineStart(bytes, next, at)) {
    line += 1;
    lineStart = next;
  }
  return { line, column: utf16Length(bytes, lineStart, at) + 1 };
}

/** The offset behind the first line end that begins in `from` … `to`, or -1. It may be `to`, never more. */
export function nextLineStart(bytes: Uint8Array, from: number, to: number): number {
  for (let at = from; at < to; at += 1) {
    const byte = bytes[at]!;
    if (byte === LINE_FEED) {
      return at + 1;
    }
    if (byte === CARRIAGE_RETURN) {
      return lineEndsBehind(bytes, at, to);
    }
  }
  return -1;
}

function lineEndsBehind(bytes: Uint8Array, carriageReturn: number, to: number): number {
  const behind = carriageReturn + 1;
  if (bytes[behind] !== LINE_FEED) {
    return behind;
  }
  // CRLF that is cut by `to` ends outside.
  return behind < to ? behind + 1 : -1;
}

/** How many UTF-16 code units the UTF-8 bytes stand for; each byte that is no UTF-8 counts as at most one. */
export function utf16Length(bytes: Uint8Array, start: number, end: number): number {
  let units = 0;
  for (let at = start; at < end; at += 1) {
    const byte = bytes[at]!;
    if ((byte & 0xc0) !== 0x80) {
      units += byte >= 0xf0 ? 2 : 1;
    }
  }
  return units;
}
