const token = /"|NaN|-?Infinity/gu;

/**
 * A text with `null` for the tokens `NaN`, `Infinity` and `-Infinity`, which Python's `json` writes for numbers that
 * JSON lacks (https://docs.python.org/3/library/json.html#infinite-and-nan-number-values). Strings stay as they are.
 */
export function nullNonFiniteNumbers(text: string): string {
  const parts: string[] = [];
  let kept = 0;
  token.lastIndex = 0;
  for (let found = token.exec(text); found !== null; found = token.exec(text)) {
    if (found[0] === '"') {
      token.lastIndex = endOfString(text, token.lastIndex);
    } else {
      parts.push(text.slice(kept, found.index), "null");
      kept = token.lastIndex;
    }
  }
  parts.push(text.slice(kept));
  return parts.join("");
}

/** Behind the quote that closes a string. */
function endOfString(text: string, start: number): number {
  let quote = text.indexOf('"', start);
  while (quote !== -1 && isEscaped(text, quote)) {
    quote = text.indexOf('"', quote + 1);
  }
  return quote === -1 ? text.length : quote + 1;
}

function isEscaped(text: string, at: number): boolean {
  let backslashes = 0;
  while (text[at - 1 - backslashes] === "\\") {
    backslashes += 1;
  }
  return backslashes % 2 === 1;
}
