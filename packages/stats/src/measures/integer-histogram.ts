/**
 * How often each whole number was seen: exact, and the same in whatever order numbers and histograms are added.
 * It holds one entry for each different number. Lengths that differ add up to at least half the square of how
 * many there are, so n bytes of text have at most √(2n) of them: 10 GB, 141,000 entries.
 */
export class IntegerHistogram {
  readonly #counts = new Map<number, number>();
  #total = 0;

  add(value: number, count = 1): void {
    this.#counts.set(value, (this.#counts.get(value) ?? 0) + count);
    this.#total += count;
  }

  merge(other: IntegerHistogram): void {
    for (const [value, count] of other.#counts) {
      this.add(value, count);
    }
  }

  /** How many numbers were added. */
  get total(): number {
    return this.#total;
  }

  /** Each number and how often it was seen, in rising order. */
  entries(): [value: number, count: number][] {
    return [...this.#counts].sort(([one], [other]) => one - other);
  }

  /** How many of the numbers are above a limit. */
  countAbove(limit: number): number {
    let above = 0;
    for (const [value, count] of this.#counts) {
      above += value > limit ? count : 0;
    }
    return above;
  }
}
