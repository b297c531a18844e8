/** Words: runs of letters and digits, single characters of scripts without spaces, single signs. */
const words =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]|[\p{L}\p{M}\p{N}]{1,64}|[^\s\p{L}\p{M}\p{N}]/gu;

/**
 * How many of the words of two texts they share, 0 to 1: the Jaccard index of their words, each as often as it
 * stands there (https://doi.org/10.1111/j.1469-8137.1912.tb05611.x). 1 where both have none. Order is not looked at.
 * Where it is sure to be below `atLeast`, it is not worked out: then 0 stands for it.
 */
export function wordOverlap(one: string, other: string, atLeast = 0): number {
  const counts = new Map<string, number>();
  let oneTotal = 0;
  for (const [word] of one.matchAll(words)) {
    counts.set(word, (counts.get(word) ?? 0) + 1);
    oneTotal += 1;
  }
  let shared = 0;
  let otherTotal = 0;
  for (const [word] of other.matchAll(words)) {
    const left = counts.get(word) ?? 0;
    shared += left > 0 ? 1 : 0;
    counts.set(word, left - 1);
    otherTotal += 1;
    // At the best all words of the first text are shared, and these are not.
    if (oneTotal < atLeast * (oneTotal + otherTotal - shared)) {
      return 0;
    }
  }
  const all = oneTotal + otherTotal - shared;
  return all === 0 ? 1 : shared / all;
}
