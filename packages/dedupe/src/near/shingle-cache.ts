import type { ObservedPairs } from "@dpo-kit/batch";
import { type NearOn, partsInLine } from "./pair-parts.ts";
import { type PairShingles, pairShingles } from "./pair-shingles.ts";

/** Reads the shingles of pairs, and keeps those that were asked for last, in about `memory` bytes. */
export class ShingleCache {
  readonly #observed: ObservedPairs;
  readonly #on: NearOn;
  readonly #memory: number;
  /** The one asked for last comes last. */
  readonly #kept = new Map<number, PairShingles>();
  #bytes = 0;

  constructor(observed: ObservedPairs, options: { on: NearOn; memory: number }) {
    this.#observed = observed;
    this.#on = options.on;
    this.#memory = options.memory;
  }

  async read(pair: number): Promise<PairShingles> {
    const known = this.#kept.get(pair);
    const shingles = known ?? pairShingles(partsInLine(await this.#observed.line(pair), this.#on));
    this.#kept.delete(pair);
    this.#kept.set(pair, shingles);
    if (known === undefined) {
      this.#bytes += sizeOf(shingles);
      this.#forgetOldest();
    }
    return shingles;
  }

  #forgetOldest(): void {
    for (const [pair, shingles] of this.#kept) {
      if (this.#bytes <= this.#memory || this.#kept.size <= 2) {
        return;
      }
      this.#kept.delete(pair);
      this.#bytes -= sizeOf(shingles);
    }
  }
}

function sizeOf(shingles: PairShingles): number {
  return shingles.reduce((bytes, part) => bytes + part.byteLength + 100, 100);
}
