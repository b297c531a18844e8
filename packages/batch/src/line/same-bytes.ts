import type { TextSpan } from "./message-writer.ts";

/** Whether two texts are the same, byte for byte. */
export function sameBytes(one: TextSpan, other: TextSpan): boolean {
  const { bytes: left, start, end } = one;
  const { bytes: right } = other;
  const distance = other.start - start;
  if (end - start !== other.end - other.start) {
    return false;
  }
  for (let at = start; at < end; at += 1) {
    if (left[at] !== right[at + distance]) {
      return false;
    }
  }
  return true;
}
