import { stripVTControlCharacters } from "node:util";

const printableAscii = /^[\x20-\x7e]*$/u;
/** East Asian wide and fullwidth blocks: https://www.unicode.org/reports/tr11/ */
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]/u;
const emoji = /\p{Emoji_Presentation}|\ufe0f/u;
const unseen = /^[\p{Mn}\p{Me}\p{Cf}\p{Cc}]+$/u;

let segmenter: Intl.Segmenter | undefined;

/** The characters of a text as a reader sees them: an accent stays with its letter. */
export function graphemes(text: string): string[] {
  if (printableAscii.test(text)) {
    return text.split("");
  }
  segmenter ??= new Intl.Segmenter("en", { granularity: "grapheme" });
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

/** How many columns of a terminal a text takes; colours take none. */
export function displayWidth(text: string): number {
  const plain = stripVTControlCharacters(text);
  return printableAscii.test(plain) ? plain.length : sumWidths(graphemes(plain));
}

/** How many columns one character takes: 0, 1 or 2. */
export function graphemeWidth(grapheme: string): number {
  if (unseen.test(grapheme)) {
    return 0;
  }
  return wide.test(grapheme) || emoji.test(grapheme) ? 2 : 1;
}

function sumWidths(characters: readonly string[]): number {
  return characters.reduce((width, character) => width + graphemeWidth(character), 0);
}
