import { equalTrimmed, trimWhiteSpace } from "./white-space.ts";

/**
 * Whether two texts say the same to a reader: they are equal after trimming white space and composing to
 * Unicode Normalization Form C (https://www.unicode.org/reports/tr15/). An é of one code point is an e with an
 * accent. Case and white space inside count.
 */
export function isSameText(one: string, other: string): boolean {
  return equalTrimmed(one, other) || equalComposed(trimWhiteSpace(one), trimWhiteSpace(other));
}

function equalComposed(one: string, other: string): boolean {
  const shorter = Math.min(one.length, other.length);
  let at = 0;
  while (at < shorter && one.charCodeAt(at) === other.charCodeAt(at)) {
    at += 1;
  }
  // The beginning of a text is never equivalent to all of it.
  if (at === shorter || (isInert(one.charCodeAt(at)) && isInert(other.charCodeAt(at)))) {
    return false;
  }
  return one.normalize("NFC") === other.normalize("NFC");
}

/**
 * Whether a character is surely the same in every normalization form, and nothing is reordered across it: ASCII
 * and the unified ideographs of the first plane. Two texts that differ in such characters stay different,
 * whatever follows, so that most answers are told apart without being copied.
 */
function isInert(code: number): boolean {
  return code < 0x80 || (code >= 0x3400 && code <= 0x9fff);
}
