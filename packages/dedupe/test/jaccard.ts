/** The words of a text of plain letters, digits and spaces. */
function wordsOf(text: string): string[] {
  return text.toLowerCase().split(/\s+/u).filter(Boolean);
}

const known = new Map<string, Set<string>>();

function shinglesOf(text: string): Set<string> {
  const shingles = known.get(text) ?? cutShingles(text);
  known.set(text, shingles);
  return shingles;
}

function cutShingles(text: string): Set<string> {
  const words = wordsOf(text);
  const length = Math.min(5, words.length);
  const starts = words.length === 0 ? [] : words.slice(0, words.length - length + 1).keys();
  return new Set(Array.from(starts, (start) => words.slice(start, start + length).join(" ")));
}

/** The Jaccard likeness of the word 5-grams of two plain texts, by sets of texts: slow, and plainly right. */
export function textJaccard(one: string, other: string): number {
  const [left, right] = [shinglesOf(one), shinglesOf(other)];
  if (left.size + right.size === 0) {
    return 1;
  }
  let shared = 0;
  for (const shingle of left) {
    shared += right.has(shingle) ? 1 : 0;
  }
  return shared / (left.size + right.size - shared);
}
