import { WORDS_PER_KEY } from "../pair-batch.ts";

/** Remembers 128-bit keys and a number for each: 24 bytes a slot, in typed arrays. */
export interface KeyTable {
  /**
   * Remembers the key whose four words begin at index `at` of `words`, with a whole number from 0, unless it
   * is known. Gives the number it was first added with, or -1 where it was not known.
   */
  add(words: Uint32Array, at: number, value: number): number;
  /** The number the key was first added with, or -1 where it is not known. */
  find(words: Uint32Array, at: number): number;
  /** Whether the key is known. */
  has(words: Uint32Array, at: number): boolean;
  /** How many keys it knows. */
  readonly size: number;
  /** Whether a key could not be remembered for want of room: what is counted with it is a lower bound then. */
  readonly saturated: boolean;
}

/** Bytes of a slot: four words of key, one 64-bit number. */
const SLOT_BYTES = 24;
const FIRST_SLOTS = 1 << 10;
/** Beyond this typed arrays are longer than some engines allow. */
const MOST_SLOTS = 1 << 28;
/** Of eight slots at most five are taken: more, and looking for a free one takes long. */
const MOST_TAKEN_OF_EIGHT = 5;

/**
 * Makes a table that grows by doubling to at most `maxBytes` (default 256 MB; for a moment, while it grows,
 * half as much again) and then remembers no more new keys. What it answers depends on nothing but
 * what was added, in which order.
 */
export function createKeyTable(options: { maxBytes?: number } = {}): KeyTable {
  return new OpenAddressingTable(options.maxBytes ?? 256 * 2 ** 20);
}

class OpenAddressingTable implements KeyTable {
  size = 0;
  saturated = false;
  readonly #maxBytes: number;
  #slots: number = FIRST_SLOTS;
  #keys: Uint32Array = new Uint32Array(FIRST_SLOTS * WORDS_PER_KEY);
  /** One more than the number of each key; 0 where the slot is free. */
  #values: Float64Array = new Float64Array(FIRST_SLOTS);

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  add(words: Uint32Array, at: number, value: number): number {
    let slot = this.#find(words, at);
    if (this.#values[slot] !== 0) {
      return this.#values[slot]! - 1;
    }
    if (this.size * 8 >= this.#slots * MOST_TAKEN_OF_EIGHT) {
      if (!this.#grow()) {
        this.saturated = true;
        return -1;
      }
      slot = this.#find(words, at);
    }
    this.#put(slot, words, at);
    this.#values[slot] = value + 1;
    this.size += 1;
    return -1;
  }

  find(words: Uint32Array, at: number): number {
    return this.#values[this.#find(words, at)]! - 1;
  }

  has(words: Uint32Array, at: number): boolean {
    return this.#values[this.#find(words, at)] !== 0;
  }

  /** The slot of a key, or the free one where it would be put. */
  #find(words: Uint32Array, at: number): number {
    const keys = this.#keys;
    const values = this.#values;
    const mask = this.#slots - 1;
    let slot = words[at]! & mask;
    for (;;) {
      const key = slot * WORDS_PER_KEY;
      const isKey =
        keys[key] === words[at] &&
        keys[key + 1] === words[at + 1] &&
        keys[key + 2] === words[at + 2] &&
        keys[key + 3] === words[at + 3];
      if (isKey || values[slot] === 0) {
        return slot;
      }
      slot = (slot + 1) & mask;
    }
  }

  #put(slot: number, words: Uint32Array, at: number): void {
    for (let word = 0; word < WORDS_PER_KEY; word += 1) {
      this.#keys[slot * WORDS_PER_KEY + word] = words[at + word]!;
    }
  }

  #grow(): boolean {
    const slots = this.#slots * 2;
    if (slots * SLOT_BYTES > this.#maxBytes || slots > MOST_SLOTS) {
      return false;
    }
    const keys = this.#keys;
    const values = this.#values;
    this.#slots = slots;
    this.#keys = new Uint32Array(slots * WORDS_PER_KEY);
    this.#values = new Float64Array(slots);
    values.forEach((value, old) => {
      if (value !== 0) {
        const slot = this.#find(keys, old * WORDS_PER_KEY);
        this.#put(slot, keys, old * WORDS_PER_KEY);
        this.#values[slot] = value;
      }
    });
    return true;
  }
}
