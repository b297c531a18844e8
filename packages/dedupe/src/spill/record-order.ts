/** How records of a fixed number of words are laid out: the first words are what they are sorted by. */
export interface RecordShape {
  /** Words of a record. */
  readonly words: number;
  /** How many of them, from the first on, are the key, the most significant first. */
  readonly keyWords: number;
}

/** The order of two records by their keys: negative, where the first comes first. */
export function compareRecords(
  { keyWords }: RecordShape,
  one: { readonly words: Uint32Array; readonly at: number },
  other: { readonly words: Uint32Array; readonly at: number },
): number {
  for (let word = 0; word < keyWords; word += 1) {
    const order = one.words[one.at + word]! - other.words[other.at + word]!;
    if (order !== 0) {
      return order;
    }
  }
  return 0;
}

/** A record in a larger array: its words begin at `at`. Valid until the next is asked for. */
export interface RecordView {
  readonly words: Uint32Array;
  readonly at: number;
}
