import { sortedOrder } from "./sorted-order.ts";

/** What an entry takes beside its words while it is sorted: its place, in the old and in the new order. */
const ORDER_BYTES = 8;
const FIRST_ENTRIES = 64;

/** Entries of a fixed number of words in memory, in an array that grows by doubling. */
export class EntryBuffer {
  count = 0;
  readonly #width: number;
  readonly #most: number;
  #words: Uint32Array;
  /** The order of the entries, once it was asked for. */
  #order: Uint32Array | undefined;

  /** @param maxBytes what it takes at most while it is sorted; at least one entry fits in any case. */
  constructor(width: number, maxBytes: number) {
    this.#width = width;
    this.#most = Math.max(1, Math.floor(maxBytes / (width * 4 + ORDER_BYTES)));
    this.#words = new Uint32Array(Math.min(FIRST_ENTRIES, this.#most) * width);
  }

  /** Whether no further entry may be added. */
  get isFull(): boolean {
    return this.count === this.#most;
  }

  /** Only while it is not full. */
  add(words: Uint32Array, at: number): void {
    const width = this.#width;
    const start = this.count * width;
    if (start === this.#words.length) {
      this.#grow();
    }
    for (let word = 0; word < width; word += 1) {
      this.#words[start + word] = words[at + word]!;
    }
    this.count += 1;
    this.#order = undefined;
  }

  /** The entries in order, each valid until the next. */
  *sorted(): Generator<Uint32Array> {
    const width = this.#width;
    const words = this.#words;
    // One array for all: a view for each costs more than the copy.
    const current = new Uint32Array(width);
    this.#order ??= sortedOrder(words, this.count, width);
    for (const entry of this.#order) {
      for (let word = 0; word < width; word += 1) {
        current[word] = words[entry * width + word]!;
      }
      yield current;
    }
  }

  /** Forgets the entries and keeps the room. */
  clear(): void {
    this.count = 0;
    this.#order = undefined;
  }

  #grow(): void {
    const larger = new Uint32Array(Math.min(this.count * 2, this.#most) * this.#width);
    larger.set(this.#words);
    this.#words = larger;
  }
}
