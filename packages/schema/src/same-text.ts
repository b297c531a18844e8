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

const MARK_OR_HALF = /[\p{M}\p{Cs}]/u;

/**
 * Whether a character does not decompose, and nothing is reordered across it. Two texts that first differ in
 * such characters stay different whatever follows, so that most answers are told apart without being copied.
 */
function isInert(code: number): boolean {
  if (code < 0x80) {
    return true;
  }
  const character = String.fromCharCode(code);
  return !MARK_OR_HALF.test(character) && character.normalize("NFD") === character;
}
