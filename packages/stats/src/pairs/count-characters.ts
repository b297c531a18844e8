const surrogate = /[\ud800-\udfff]/;

/** The characters of a text: its Unicode code points. */
export function countCharacters(text: string): number {
  // A search of the engine's, which ends at once in a text it holds as Latin-1.
  return surrogate.test(text) ? countPoints(text) : text.length;
}

function countPoints(text: string): number {
  let count = text.length;
  for (let index = 1; index < text.length; index += 1) {
    // The second half of a surrogate pair is no character of its own.
    const unit = text.charCodeAt(index);
    if (unit >= 0xdc00 && unit <= 0xdfff && isFirstHalf(text.charCodeAt(index - 1))) {
      count -= 1;
    }
  }
  return count;
}

function isFirstHalf(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}
