import { fieldKinds, type RecordBlock } from "./record-block.ts";

const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });

/** The text of a field, by its index in the block. Bytes that are no UTF-8 become U+FFFD. */
export function cellText(block: RecordBlock, field: number, quote: number): string {
  const text = utf8.decode(block.bytes.subarray(block.fieldStart[field]!, block.fieldEnd[field]!));
  if (block.fieldKind[field] !== fieldKinds.quotedWithQuotes) {
    return text;
  }
  const mark = String.fromCharCode(quote);
  return text.replaceAll(mark + mark, mark);
}

/**
 * Copies the bytes of a field with each doubled quote as one.
 *
 * @returns how many bytes were written to `target`, which has room for the field.
 */
export function unescapeCell(
  source: { bytes: Uint8Array; start: number; end: number },
  target: Uint8Array,
  quote: number,
): number {
  const { bytes, end } = source;
  let length = 0;
  for (let at = source.start; at < end; at += 1) {
    const byte = bytes[at]!;
    target[length] = byte;
    length += 1;
    // Every quote in the cell is the first of two.
    at += byte === quote ? 1 : 0;
  }
  return length;
}
