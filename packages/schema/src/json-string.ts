/** U+2028 and U+2029, which JSON allows unescaped and Python's `splitlines` breaks a line at. */
export const lineSeparator: RegExp = /[\u2028\u2029]/u;

/**
 * A text as the canonical line writes it: non-ASCII as it is, U+2028 and U+2029 escaped, everything else as
 * `JSON.stringify` does. A lone surrogate is written as an escape; such texts are rejected before it.
 */
export function jsonString(text: string): string {
  return escapeLineSeparators(JSON.stringify(text));
}

/** JSON text with U+2028 and U+2029 escaped; they can stand only inside strings. */
export function escapeLineSeparators(json: string): string {
  return lineSeparator.test(json) ? json.replace(/\u2028/gu, "\\u2028").replace(/\u2029/gu, "\\u2029") : json;
}
