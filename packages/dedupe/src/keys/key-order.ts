/** The words of a key from the most significant to the least, so that keys sort as their texts do. */
export const KEY_WORD_ORDER: readonly [number, number, number, number] = [1, 0, 3, 2];

/**
 * The order of two keys whose words begin at the given indexes: negative, where the first comes first. It is the
 * order of their texts (`docs/keys.md`, "A key").
 */
export function compareKeys(words: Uint32Array, at: number, others: Uint32Array, otherAt: number): number {
  return (
    words[at + 1]! - others[otherAt + 1]! ||
    words[at]! - others[otherAt]! ||
    words[at + 3]! - others[otherAt + 3]! ||
    words[at + 2]! - others[otherAt + 2]!
  );
}
