import { WORDS_PER_KEY } from "@dpo-kit/batch";
import { compareKeys } from "./key-order.ts";

/** Bytes of a slot: four words of key, one 64-bit number. */
export const SLOT_BYTES = 24;

/** Of eight slots at most five are taken: more, and looking for a free one takes long. */
const MOST_TAKEN_OF_EIGHT = 5;
const LONGEST_TAIL = 256;

/**
 * A part of a key table: open addressing with linear probing (Knuth, The Art of Computer Programming 3, 6.4,
 * algorithm L), with two changes. A key's first slot grows with the key, and probing goes on into a tail behind
 * the last slot instead of around; so each run of taken slots holds greater keys than the run before it, and
 * sorting all of it is sorting these short runs.
 */
export class KeySlots {
  size = 0;
  readonly #length: number;
  readonly #keys: Uint32Array;
  /** One more than the number of each key; 0 where the slot is free. */
  readonly #values: Float64Array;
  readonly #slotsPerWord: number;
  readonly #mostTaken: number;
  readonly #shift: number;

  /** `shift`: how many high bits all keys of this part have in common. */
  constructor(length: number, shift: number) {
    const firstSlots = length - Math.min(LONGEST_TAIL, length >>> 2);
    this.#length = length;
    this.#keys = new Uint32Array(length * WORDS_PER_KEY);
    this.#values = new Float64Array(length);
    this.#slotsPerWord = firstSlots / 2 ** 32;
    this.#mostTaken = Math.floor((firstSlots * MOST_TAKEN_OF_EIGHT) / 8);
    this.#shift = shift;
  }

  get length(): number {
    return this.#length;
  }

  /** The slot of a key, or the free one where it would be put; the length where there is neither. */
  locate(words: Uint32Array, at: number): number {
    const keys = this.#keys;
    const values = this.#values;
    const length = this.#length;
    let slot = Math.floor(((words[at + 1]! << this.#shift) >>> 0) * this.#slotsPerWord);
    for (; slot < length && values[slot] !== 0; slot += 1) {
      const key = slot * WORDS_PER_KEY;
      const isKey =
        keys[key] === words[at] &&
        keys[key + 1] === words[at + 1] &&
        keys[key + 2] === words[at + 2] &&
        keys[key + 3] === words[at + 3];
      if (isKey) {
        return slot;
      }
    }
    return slot;
  }

  /** The number of the key in a slot that {@link locate} gave; -1 where it is free. */
  valueAt(slot: number): number {
    return slot === this.#length ? -1 : this.#values[slot]! - 1;
  }

  /** Puts a key into the free slot that {@link locate} gave; false where there is no room. */
  put(slot: number, key: { words: Uint32Array; at: number; value: number }): boolean {
    if (slot === this.#length || this.size >= this.#mostTaken) {
      return false;
    }
    const target = slot * WORDS_PER_KEY;
    for (let word = 0; word < WORDS_PER_KEY; word += 1) {
      this.#keys[target + word] = key.words[key.at + word]!;
    }
    this.#values[slot] = key.value + 1;
    this.size += 1;
    return true;
  }

  /** Visits all keys, in the order of their slots. */
  forEach(visit: (words: Uint32Array, at: number, value: number) => void): void {
    for (let slot = 0; slot < this.#length; slot += 1) {
      const value = this.#values[slot]!;
      if (value !== 0) {
        visit(this.#keys, slot * WORDS_PER_KEY, value - 1);
      }
    }
  }

  /** Puts the keys into their order. Nothing can be found or put afterwards. */
  sort(): void {
    for (let slot = 1; slot < this.#length; slot += 1) {
      if (this.#values[slot] !== 0) {
        this.#sink(slot);
      }
    }
  }

  /** Moves a key down among the taken slots before it, which are in order. */
  #sink(from: number): void {
    const keys = this.#keys;
    const values = this.#values;
    let slot = from;
    while (
      slot > 0 &&
      values[slot - 1] !== 0 &&
      compareKeys(keys, (slot - 1) * WORDS_PER_KEY, keys, slot * WORDS_PER_KEY) > 0
    ) {
      this.#swap(slot - 1, slot);
      slot -= 1;
    }
  }

  #swap(one: number, other: number): void {
    const [keys, values] = [this.#keys, this.#values];
    for (let word = 0; word < WORDS_PER_KEY; word += 1) {
      const [from, to] = [one * WORDS_PER_KEY + word, other * WORDS_PER_KEY + word];
      const kept = keys[from]!;
      keys[from] = keys[to]!;
      keys[to] = kept;
    }
    const kept = values[one]!;
    values[one] = values[other]!;
    values[other] = kept;
  }
}
