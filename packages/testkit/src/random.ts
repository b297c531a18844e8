/** A source of numbers that is the same for the same seed, on every machine and Node version. */
export interface Random {
  /** An unsigned 32-bit integer. */
  next(): number;
  /** At least 0 and less than 1, with 32 bits. */
  fraction(): number;
  /** An integer from `from` to `to`, both included. At most 2^32 values; the bias is below 1 in 2^32 for each. */
  integer(from: number, to: number): number;
  /** True with the given probability. */
  chance(probability: number): boolean;
  /** One item of a list that is not empty. */
  pick<T>(items: readonly T[]): T;
}

/**
 * Makes a seeded generator: sfc32, "Small Fast Counter" with 32-bit words, by Chris Doty-Humphrey
 * (https://pracrand.sourceforge.net/RNG_engines.txt). Seeded as there: the seed in the first word, 1 in the
 * counter, and 12 values thrown away. Not for secrets.
 */
export function createRandom(seed: number): Random {
  let a = seed >>> 0;
  let b = Math.floor(seed / 2 ** 32) >>> 0;
  let c = 0;
  let counter = 1;

  function next(): number {
    const result = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + result) | 0;
    return result >>> 0;
  }
  function integer(from: number, to: number): number {
    return from + Math.floor((next() / 2 ** 32) * (to - from + 1));
  }
  for (let warmUp = 0; warmUp < 12; warmUp += 1) {
    next();
  }
  return {
    next,
    integer,
    fraction: () => next() / 2 ** 32,
    chance: (probability) => next() / 2 ** 32 < probability,
    pick: (items) => items[integer(0, items.length - 1)]!,
  };
}
