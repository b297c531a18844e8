import { isBlank } from "@dpo-kit/schema";
import { FOLDS_BY_REFERENCE, FOLDS_TO_SPACE } from "./text-kernel-layout.ts";

/** What may compose with the character before it, and what this engine's Unicode does not know. */
const mayCompose = /[\p{M}\p{Cn}\u1160-\u11ff\ud7b0-\ud7ff\u{16d40}-\u{16d7f}]/u;

/** They choose between two looks of a character and never compose: emoji are full of them. */
const variationSelector = /[\ufe00-\ufe0f]/u;

/**
 * What a character above ASCII folds to wherever it stands: a code point, {@link FOLDS_TO_SPACE}, or
 * {@link FOLDS_BY_REFERENCE} where that depends on what stands beside it.
 *
 * A character stands for itself under NFC unless it decomposes or composes; what composes with the one
 * before it is a mark, a vowel or final of Hangul, or a vowel of Kirat Rai (Unicode 16; NFC_Quick_Check=Maybe in
 * https://www.unicode.org/Public/UCD/latest/ucd/DerivedNormalizationProps.txt). The lower case of `Σ` alone
 * depends on its word.
 */
export function foldCodePoint(codePoint: number): number {
  const character = String.fromCodePoint(codePoint);
  if (isBlank(character)) {
    return FOLDS_TO_SPACE;
  }
  const composes = mayCompose.test(character) && !variationSelector.test(character);
  if (composes || character.normalize("NFC") !== character || character === "Σ") {
    return FOLDS_BY_REFERENCE;
  }
  const [folded, ...more] = character.toLowerCase();
  return more.length === 0 ? folded!.codePointAt(0)! : FOLDS_BY_REFERENCE;
}
