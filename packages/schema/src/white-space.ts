/**
 * White space, everywhere in dpo-kit: the code points with the Unicode property White_Space
 * (https://www.unicode.org/Public/UCD/latest/ucd/PropList.txt) and U+FEFF, the byte order mark.
 * JavaScript's `\s` is the same set without U+0085.
 */
export const WHITE_SPACE = "\\s\\u0085";

const leading = new RegExp(`^[${WHITE_SPACE}]+`, "u");
const onlyWhiteSpace = new RegExp(`^[${WHITE_SPACE}]*$`, "u");
const notWhiteSpace = new RegExp(`[^${WHITE_SPACE}]`, "u");

/** Whether a text has nothing but white space. */
export function isBlank(text: string): boolean {
  return !notWhiteSpace.test(text);
}

/** A text without the white space around it. */
export function trimWhiteSpace(text: string): string {
  if (onlyWhiteSpace.test(text)) {
    return "";
  }
  const front = text.replace(leading, "");
  let end = front.length;
  while (end > 0 && isBlank(front[end - 1]!)) {
    end -= 1;
  }
  return front.slice(0, end);
}
