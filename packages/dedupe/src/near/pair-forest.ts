/**
 * Which pairs are together: union-find (Tarjan 1975, https://doi.org/10.1145/321879.321884), four bytes a pair.
 * The first pair of each set stands for it.
 */
export class PairForest {
  readonly #parents: Uint32Array;

  constructor(count: number) {
    this.#parents = new Uint32Array(count);
    for (let pair = 0; pair < count; pair += 1) {
      this.#parents[pair] = pair;
    }
  }

  get count(): number {
    return this.#parents.length;
  }

  /** The first pair of the set that a pair is in. */
  find(pair: number): number {
    const parents = this.#parents;
    let at = pair;
    while (parents[at] !== at) {
      parents[at] = parents[parents[at]!]!;
      at = parents[at]!;
    }
    return at;
  }

  /** Makes the sets of two pairs one. */
  join(one: number, other: number): void {
    const [first, second] = [this.find(one), this.find(other)];
    this.#parents[Math.max(first, second)] = Math.min(first, second);
  }
}
