/**
 * White space, everywhere in dpo-kit: the code points with the Unicode property White_Space
 * (https://www.unicode.org/Public/UCD/latest/ucd/PropList.txt) and U+FEFF, the byte order mark.
 * JavaScript's `\s` is the same set without U+0085. This is the inside of a regular expression's class.
 */
export const WHITE_SPACE = "\\s\\u0085";

/** Whether a UTF-16 code unit is white space. */
export function isWhiteSpace(code: number): boolean {
  if (code < 0x80) {
    return code === 0x20 || (code >= 0x09 && code <= 0x0d);
  }
  return code === 0x85 || code === 0xa0 || code === 0xfeff || (code >= 0x1680 && isWideSpace(code));
}

function isWideSpace(code: number): boolean {
  return (
    code === 0x1680 ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000
  );
}

/** Whether a text has nothing but white space. */
export function isBlank(text: string): boolean {
  return trimmedStart(text) === text.length;
}

/** A text without the white space around it. */
export function trimWhiteSpace(text: string): string {
  const start = trimmedStart(text);
  return text.slice(start, trimmedEnd(text, start));
}

/** Whether two texts are the same after trimming. Allocates nothing where their lengths differ. */
export function equalTrimmed(one: string, other: string): boolean {
  if (one === other) {
    return true;
  }
  const start = trimmedStart(one);
  const end = trimmedEnd(one, start);
  const otherStart = trimmedStart(other);
  const otherEnd = trimmedEnd(other, otherStart);
  return end - start === otherEnd - otherStart && one.slice(start, end) === other.slice(otherStart, otherEnd);
}

/** The index of the first code unit that is no white space; the length if there is none. */
function trimmedStart(text: string): number {
  let start = 0;
  while (start < text.length && isWhiteSpace(text.charCodeAt(start))) {
    start += 1;
  }
  return start;
}

/** The index behind the last code unit that is no white space; never before `start`. */
function trimmedEnd(text: string, start: number): number {
  let end = text.length;
  while (end > start && isWhiteSpace(text.charCodeAt(end - 1))) {
    end -= 1;
  }
  return end;
}
