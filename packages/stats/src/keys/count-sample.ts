import { WORDS_PER_KEY } from "@dpo-kit/batch";

/** Two numbers are counted for each key, each of its own. */
export type Counter = 0 | 1;

const COUNTERS = 2;
const FIRST_SLOTS = 1 << 10;
/** Of eight slots at most five are taken: more, and looking for a free one takes long. */
const MOST_TAKEN_OF_EIGHT = 5;

/**
 * Counts 128-bit keys, at most so many of them, at 24 bytes a slot. Up to there it is exact. Beyond, it keeps the
 * keys whose first word ends in enough zero bits, and drops the others: a fair sample, complete for each key in it,
 * and the same in whatever order keys come or samples are merged (adaptive sampling: P. Flajolet 1990,
 * https://doi.org/10.1007/BF02241657).
 */
export class CountSample {
  readonly #capacity: number;
  #slots = FIRST_SLOTS;
  #keys: Uint32Array = new Uint32Array(FIRST_SLOTS * WORDS_PER_KEY);
  /** A slot is free while both of its counts are 0. */
  #counts: Uint32Array = new Uint32Array(FIRST_SLOTS * COUNTERS);
  #size = 0;
  #zeroBits = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** Counts the key whose four words begin at index `at`, unless it is not in the sample. */
  add(words: Uint32Array, at: number, counter: Counter = 0, by = 1): void {
    if (!this.#keeps(words[at]!)) {
      return;
    }
    const slot = this.#find(words, at);
    if (this.#isFree(slot)) {
      this.#size += 1;
      this.#keys.set(words.subarray(at, at + WORDS_PER_KEY), slot * WORDS_PER_KEY);
    }
    this.#counts[slot * COUNTERS + counter]! += by;
    if (this.#size > this.#capacity) {
      this.#raise(this.#zeroBits + 1);
    }
    if (this.#size * 8 > this.#slots * MOST_TAKEN_OF_EIGHT) {
      this.#rebuild(this.#slots * 2);
    }
  }

  /** Adds what another sample of the same capacity counted. */
  merge(other: CountSample): void {
    this.#raise(other.#zeroBits);
    for (let slot = 0; slot < other.#slots; slot += 1) {
      for (const counter of [0, 1] as const) {
        const count = other.#counts[slot * COUNTERS + counter]!;
        if (count > 0) {
          this.add(other.#keys, slot * WORDS_PER_KEY, counter, count);
        }
      }
    }
  }

  /** The two counts of every key in the sample, in no order that means anything. */
  *counts(): Generator<readonly [first: number, second: number]> {
    for (let slot = 0; slot < this.#slots; slot += 1) {
      if (!this.#isFree(slot)) {
        yield [this.#counts[slot * COUNTERS]!, this.#counts[slot * COUNTERS + 1]!];
      }
    }
  }

  /** Each key in the sample stands for so many keys: 1 where it is exact. */
  get weight(): number {
    return 2 ** this.#zeroBits;
  }

  #keeps(word: number): boolean {
    return this.#zeroBits === 0 || (word & (2 ** this.#zeroBits - 1)) === 0;
  }

  #isFree(slot: number): boolean {
    return this.#counts[slot * COUNTERS] === 0 && this.#counts[slot * COUNTERS + 1] === 0;
  }

  /** The slot of a key, or the free one where it would be put. */
  #find(words: Uint32Array, at: number): number {
    const keys = this.#keys;
    const mask = this.#slots - 1;
    // Not by the first word: in a sample it ends in zeros.
    let slot = words[at + 1]! & mask;
    for (;;) {
      const key = slot * WORDS_PER_KEY;
      const isKey =
        keys[key] === words[at] &&
        keys[key + 1] === words[at + 1] &&
        keys[key + 2] === words[at + 2] &&
        keys[key + 3] === words[at + 3];
      if (isKey || this.#isFree(slot)) {
        return slot;
      }
      slot = (slot + 1) & mask;
    }
  }

  /** Keeps fewer keys, until they fit. */
  #raise(zeroBits: number): void {
    let wanted = zeroBits;
    while (wanted > this.#zeroBits && wanted < 31) {
      this.#zeroBits = wanted;
      this.#rebuild(this.#slots);
      wanted += this.#size > this.#capacity ? 1 : 0;
    }
  }

  /** Puts the keys that are kept into so many slots. */
  #rebuild(slots: number): void {
    const keys = this.#keys;
    const counts = this.#counts;
    const before = this.#slots;
    this.#slots = slots;
    this.#keys = new Uint32Array(slots * WORDS_PER_KEY);
    this.#counts = new Uint32Array(slots * COUNTERS);
    this.#size = 0;
    for (let slot = 0; slot < before; slot += 1) {
      const [first, second] = [counts[slot * COUNTERS]!, counts[slot * COUNTERS + 1]!];
      if (first + second > 0 && this.#keeps(keys[slot * WORDS_PER_KEY]!)) {
        const place = this.#find(keys, slot * WORDS_PER_KEY);
        this.#keys.set(
          keys.subarray(slot * WORDS_PER_KEY, (slot + 1) * WORDS_PER_KEY),
          place * WORDS_PER_KEY,
        );
        this.#counts.set([first, second], place * COUNTERS);
        this.#size += 1;
      }
    }
  }
}
