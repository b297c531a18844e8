/** The order of two lists of as many words, the first word the most significant: negative, zero or positive. */
export function compareWords(one: Uint32Array, other: Uint32Array): number {
  for (let word = 0; word < one.length; word += 1) {
    const difference = one[word]! - other[word]!;
    if (difference !== 0) {
      return difference;
    }
  }
  return 0;
}
