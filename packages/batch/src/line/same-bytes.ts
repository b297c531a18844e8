import type { TextSpan } from "./message-writer.ts";

/** Whether two texts are the same, byte for byte. */
export function sameBytes(one: TextSpan, other: TextSpan): boolean {
  const length = one.end - one.start;
  if (length !== other.end - other.start) {
    return false;
  }
  for (let index = 0; index < length; index += 1) {
    if (one.bytes[one.start + index] !== other.bytes[other.start + index]) {
      return false;
    }
  }
  return true;
}
