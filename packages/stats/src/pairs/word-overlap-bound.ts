/** Slots that words are counted in by their hash. */
const SLOTS = 1 << 12;
const counts = new Int16Array(SLOTS);

const beyondAscii = /[^\0-\x7f]/;

/**
 * A number that the `wordOverlap` of two texts does not exceed, found in a fraction of its time: different words may be
 * counted as the same, never the same as different. 1 where a text is not ASCII, or very long.
 */
export function wordOverlapBound(one: string, other: string): number {
  if (one.length + other.length > 0x7fff || beyondAscii.test(one) || beyondAscii.test(other)) {
    return 1;
  }
  counts.fill(0);
  let shared = 0;
  const oneTotal = eachWord(one, (slot) => {
    counts[slot]! += 1;
  });
  const otherTotal = eachWord(other, (slot) => {
    shared += counts[slot]! > 0 ? 1 : 0;
    counts[slot]! -= 1;
  });
  const all = oneTotal + otherTotal - shared;
  return all === 0 ? 1 : shared / all;
}

const LONGEST_WORD = 64;

/** Calls with the slot of each word, and gives how many there are: the words of `wordOverlap`, of an ASCII text. */
function eachWord(text: string, visit: (slot: number) => void): number {
  let total = 0;
  let index = 0;
  while (index < text.length) {
    const code = text.charCodeAt(index);
    let hash = code;
    index += 1;
    if (isLetterOrDigit(code)) {
      const end = Math.min(text.length, index + LONGEST_WORD - 1);
      for (; index < end && isLetterOrDigit(text.charCodeAt(index)); index += 1) {
        hash = Math.imul(hash, 31) + text.charCodeAt(index);
      }
    } else if (isWhiteSpace(code)) {
      continue;
    }
    visit((hash ^ (hash >>> 12)) & (SLOTS - 1));
    total += 1;
  }
  return total;
}

function isLetterOrDigit(code: number): boolean {
  const lower = code | 0x20;
  return (lower >= 0x61 && lower <= 0x7a) || (code >= 0x30 && code <= 0x39);
}

function isWhiteSpace(code: number): boolean {
  return code === 0x20 || (code >= 0x09 && code <= 0x0d);
}
