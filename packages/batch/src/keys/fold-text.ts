import { trimWhiteSpace, WHITE_SPACE } from "@dpo-kit/schema";

const whiteSpaceRuns = new RegExp(`[${WHITE_SPACE}]+`, "gu");

/**
 * A text as keys see it: composed (NFC), in lower case (Unicode's default mapping, no locale), every run of
 * white space one space, none at the ends. Texts that fold to the same are one text to the normalised keys.
 *
 * This is the reference (`docs/keys.md`, "Folding"); {@link foldUtf8Into} does the same on bytes.
 */
export function foldText(text: string): string {
  return trimWhiteSpace(text.normalize("NFC").toLowerCase().replace(whiteSpaceRuns, " "));
}
