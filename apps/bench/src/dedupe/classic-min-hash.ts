/** The hash of each shingle of a text, 32 bits. */
export type ShingleHashes = readonly number[];

/**
 * The classic MinHash: for every row another hash function, of which each set gives the least value (Broder 1997,
 * https://doi.org/10.1109/SEQUEN.1997.666900). The functions multiply by odd numbers and add.
 */
export function createClassicMinHash(rows: number): (shingles: ShingleHashes) => Uint32Array {
  const factors = Uint32Array.from({ length: rows }, (_, row) => scramble(row * 2 + 1) | 1);
  const terms = Uint32Array.from({ length: rows }, (_, row) => scramble(row * 2 + 2));
  return (shingles) => {
    const least = new Uint32Array(rows).fill(0xffffffff);
    for (const shingle of shingles) {
      for (let row = 0; row < rows; row += 1) {
        const hash = (Math.imul(shingle, factors[row]!) + terms[row]!) >>> 0;
        if (hash < least[row]!) {
          least[row] = hash;
        }
      }
    }
    return least;
  };
}

function scramble(seed: number): number {
  let hash = Math.imul(seed ^ (seed >>> 16), 0x7feb352d);
  hash = Math.imul(hash ^ (hash >>> 15), 0x846ca68b);
  return (hash ^ (hash >>> 16)) >>> 0;
}
