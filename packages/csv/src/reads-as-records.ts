import { CARRIAGE_RETURN, LINE_FEED } from "./ascii.ts";
import type { CsvSyntax } from "./syntax.ts";

/**
 * Whether the text from `from`, the start of a line, to the quote at `to` reads as whole records of `fields`
 * fields each, with that quote opening a field of the last one.
 *
 * This decides what a quote followed by text means when its field began lines before: if the lines between
 * are good records and the quote opens a field of one, then it was the earlier quote that was never closed.
 */
export function readsAsRecords(
  bytes: Uint8Array,
  span: { from: number; to: number; fields: number },
  syntax: CsvSyntax,
): boolean {
  const { to } = span;
  let at = span.from;
  let fields = 0;
  let recordStart = at;
  while (at < to) {
    const end =
      bytes[at] === syntax.quote ? quotedEnd(bytes, at, to, syntax.quote) : plainEnd(bytes, at, to, syntax);
    if (end >= to) {
      return false;
    }
    const isBlank = end === recordStart && isLineEnd(bytes[end]!);
    fields += isBlank ? 0 : 1;
    at = end + 1;
    if (bytes[end] === syntax.delimiter) {
      continue;
    }
    if (!isLineEnd(bytes[end]!) || (fields !== span.fields && !isBlank)) {
      return false;
    }
    at += bytes[end] === CARRIAGE_RETURN && bytes[at] === LINE_FEED ? 1 : 0;
    recordStart = at;
    fields = 0;
  }
  return at === to && fields < span.fields;
}

/** The offset behind the quote that closes the field which opens at `open`, or `to` if none does before it. */
function quotedEnd(bytes: Uint8Array, open: number, to: number, quote: number): number {
  for (let at = open + 1; at < to; at += 1) {
    if (bytes[at] === quote) {
      if (bytes[at + 1] !== quote) {
        return at + 1;
      }
      at += 1;
    }
  }
  return to;
}

function plainEnd(bytes: Uint8Array, start: number, to: number, syntax: CsvSyntax): number {
  let at = start;
  while (at < to && bytes[at] !== syntax.delimiter && !isLineEnd(bytes[at]!)) {
    at += 1;
  }
  return at;
}

function isLineEnd(byte: number): boolean {
  return byte === LINE_FEED || byte === CARRIAGE_RETURN;
}
