/** Places are below this, so that a rank and a place fit into one whole number together. */
const PLACES = 2 ** 31;

/** Gives places by their rank, the lowest first; of the same rank the leftmost first. */
export class RankHeap {
  #entries: Float64Array;
  #size = 0;

  /** `capacity`: how many places are expected; it grows beyond. */
  constructor(capacity: number) {
    this.#entries = new Float64Array(Math.max(16, capacity));
  }

  push(rank: number, place: number): void {
    if (this.#size === this.#entries.length) {
      const grown = new Float64Array(this.#size * 2);
      grown.set(this.#entries);
      this.#entries = grown;
    }
    this.#rise(this.#size, rank * PLACES + place);
    this.#size += 1;
  }

  /** The next rank and place, as one number: see {@link rankOf} and {@link placeOf}; -1 when there is none. */
  pop(): number {
    if (this.#size === 0) {
      return -1;
    }
    const first = this.#entries[0]!;
    this.#size -= 1;
    this.#sink(this.#entries[this.#size]!);
    return first;
  }

  #rise(from: number, entry: number): void {
    const entries = this.#entries;
    let at = from;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (entries[parent]! <= entry) {
        break;
      }
      entries[at] = entries[parent]!;
      at = parent;
    }
    entries[at] = entry;
  }

  #sink(entry: number): void {
    const entries = this.#entries;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= this.#size) {
        break;
      }
      if (child + 1 < this.#size && entries[child + 1]! < entries[child]!) {
        child += 1;
      }
      if (entries[child]! >= entry) {
        break;
      }
      entries[at] = entries[child]!;
      at = child;
    }
    entries[at] = entry;
  }
}

/** The rank of what {@link RankHeap.pop} gave. */
export function rankOf(entry: number): number {
  return Math.floor(entry / PLACES);
}

/** The place of what {@link RankHeap.pop} gave. */
export function placeOf(entry: number): number {
  return entry % PLACES;
}
