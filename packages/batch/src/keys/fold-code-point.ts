import { isBlank } from "@dpo-kit/schema";

/** It is white space: one space, or none beside another. */
export const FOLDS_TO_SPACE = 1;
/** It composes with its neighbours, or its fold is several characters: only the reference knows. */
export const FOLDS_WITH_NEIGHBOURS = 2;
/** Its lower case depends on the word it stands in (`Σ`): only the reference, on the whole text, knows. */
export const FOLDS_WITH_TEXT = 3;

const PLANES_IN_TABLE = 2;
const table = new Uint32Array(PLANES_IN_TABLE * 0x10000);

/**
 * What a code point of U+0080 and above folds to on its own: a code point, or one of the `FOLDS_` values.
 *
 * It folds on its own where it neither composes with what stands before it nor lets what follows compose
 * with it, save a mark, which itself says {@link FOLDS_WITH_NEIGHBOURS} and so has the run looked at whole.
 */
export function foldCodePoint(codePoint: number): number {
  if (codePoint >= table.length) {
    return FOLDS_WITH_NEIGHBOURS;
  }
  const known = table[codePoint]!;
  if (known !== 0) {
    return known;
  }
  const folded = classify(codePoint);
  table[codePoint] = folded;
  return folded;
}

/**
 * What may compose with the character before it: marks, the vowels and finals of Hangul, and letters that
 * Unicode 16 gave compositions (Kirat Rai, Tulu-Tigalari); besides what this engine's Unicode does not know.
 */
const mayCompose = /[\p{M}\p{Cn}\u1160-\u11ff\ud7b0-\ud7ff\u{11380}-\u{113ff}\u{16d40}-\u{16d7f}]/u;

/** They choose between two looks of a character and never compose: emoji are full of them. */
const variationSelector = /[\ufe00-\ufe0f]/u;

function classify(codePoint: number): number {
  const character = String.fromCodePoint(codePoint);
  if (isBlank(character)) {
    return FOLDS_TO_SPACE;
  }
  const composed = character.normalize("NFC");
  if (composed === "Σ") {
    return FOLDS_WITH_TEXT;
  }
  if (composed !== character || (mayCompose.test(character) && !variationSelector.test(character))) {
    return FOLDS_WITH_NEIGHBOURS;
  }
  const lower = character.toLowerCase();
  const folded = lower.codePointAt(0)!;
  return lower.length === String.fromCodePoint(folded).length ? folded : FOLDS_WITH_NEIGHBOURS;
}
