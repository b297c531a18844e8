import { createKeyTable, type KeyTable, WORDS_PER_KEY } from "@dpo-kit/batch";
import { DataError } from "@dpo-kit/schema";

/** Bytes a key takes here beside its slot in the table: its words, and its parent. */
const BYTES_PER_KEY = WORDS_PER_KEY * 4 + 4;
/** Bytes of a slot of the table, of which at least five in sixteen are taken once it has grown. */
const TABLE_BYTES_PER_KEY = (24 * 16) / 5;

/**
 * Keys in sets that can be joined: a forest in arrays, with halving of paths
 * (https://en.wikipedia.org/wiki/Disjoint-set_data_structure). The key that stands for a set is its least, so the
 * sets are the same in whatever order they are joined.
 */
export class JoinedKeys {
  readonly #maxBytes: number;
  #numbers: KeyTable;
  #keys: Uint32Array = new Uint32Array(64 * WORDS_PER_KEY);
  #parents: Uint32Array = new Uint32Array(64);

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
    this.#numbers = this.#newTable();
  }

  /**
   * The number of the key that begins at `at`, a set of its own if it is new.
   * @throws SPLIT_TOO_MANY_PROMPTS
   */
  add(words: Uint32Array, at: number): number {
    const number = this.#numbers.size;
    const known = this.#numbers.add(words, at, number);
    if (known !== -1) {
      return known;
    }
    if (this.#numbers.saturated) {
      throw new DataError("SPLIT_TOO_MANY_PROMPTS", {
        message: `The keys of more than ${number} prompts take more than ${this.#maxBytes} bytes of memory`,
      });
    }
    this.#grow(number);
    this.#keys.set(words.subarray(at, at + WORDS_PER_KEY), number * WORDS_PER_KEY);
    this.#parents[number] = number;
    return number;
  }

  /** Joins the sets of two keys, given by their numbers. */
  join(one: number, other: number): void {
    const [first, second] = [this.#rootOf(one), this.#rootOf(other)];
    const [parent, child] = this.#isLess(first, second) ? [first, second] : [second, first];
    this.#parents[child] = parent;
  }

  /** The least key of the set a key is in, as four words. */
  leastKey(number: number): Uint32Array {
    const root = this.#rootOf(number);
    return this.#keys.subarray(root * WORDS_PER_KEY, (root + 1) * WORDS_PER_KEY);
  }

  /** Forgets all keys. */
  clear(): void {
    this.#numbers = this.#newTable();
    this.#keys = new Uint32Array(64 * WORDS_PER_KEY);
    this.#parents = new Uint32Array(64);
  }

  #newTable(): KeyTable {
    const share = TABLE_BYTES_PER_KEY / (TABLE_BYTES_PER_KEY + BYTES_PER_KEY);
    return createKeyTable({ maxBytes: this.#maxBytes * share });
  }

  #grow(number: number): void {
    if (number === this.#parents.length) {
      const [keys, parents] = [this.#keys, this.#parents];
      this.#keys = new Uint32Array(keys.length * 2);
      this.#keys.set(keys);
      this.#parents = new Uint32Array(parents.length * 2);
      this.#parents.set(parents);
    }
  }

  #rootOf(number: number): number {
    const parents = this.#parents;
    let at = number;
    while (parents[at] !== at) {
      parents[at] = parents[parents[at]!]!;
      at = parents[at]!;
    }
    return at;
  }

  #isLess(one: number, other: number): boolean {
    for (let word = 0; word < WORDS_PER_KEY; word += 1) {
      const difference = this.#keys[one * WORDS_PER_KEY + word]! - this.#keys[other * WORDS_PER_KEY + word]!;
      if (difference !== 0) {
        return difference < 0;
      }
    }
    return false;
  }
}
