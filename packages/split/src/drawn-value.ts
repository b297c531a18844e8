import { type KeyHasher, keyBytes, WORDS_PER_KEY } from "@dpo-kit/batch";

/** What a value is drawn for. Each has values of its own: a sample must not be the lower end of a split. */
export type DrawPurpose = "sample" | "shuffle";

/** Draws a number in [0, 1) for a key. */
export type DrawValue = (keys: Uint32Array, index: number, occurrence?: number) => number;

/**
 * The draws for a purpose (`docs/keys.md`, "Samples and shuffles"): the split value of the key of these bytes: those
 * of the key, the purpose in ASCII, and the occurrence as a number of four bytes, the least significant first.
 */
export function createDraw(hasher: KeyHasher, purpose: DrawPurpose, seed: number): DrawValue {
  const name = new TextEncoder().encode(purpose);
  const bytes = new Uint8Array(WORDS_PER_KEY * 4 + name.length + 4);
  const view = new DataView(bytes.buffer);
  const drawn = new Uint32Array(WORDS_PER_KEY);
  bytes.set(name, WORDS_PER_KEY * 4);
  return (keys, index, occurrence = 0) => {
    bytes.set(keyBytes(keys, index));
    view.setUint32(bytes.length - 4, occurrence, true);
    hasher.writeKey(bytes, drawn, 0);
    return hasher.splitValue(drawn, 0, seed);
  };
}
