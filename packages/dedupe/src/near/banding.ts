/** How the rows of a signature are cut into bands. Pairs that agree on all rows of any band are candidates. */
export interface Banding {
  readonly bands: number;
  readonly rowsPerBand: number;
}

/** Rows of a signature, at most. */
const MOST_ROWS = 128;
/** The share of pairs just at the threshold that must become candidates; of those above it, more do. */
const LEAST_RECALL = 0.98;

/**
 * The banding with the longest bands, and so the fewest candidates in vain, that finds a pair of likeness
 * `threshold` with a probability of at least 0.98: with b bands of r rows it is 1 - (1 - s^r)^b (Leskovec,
 * Rajaraman and Ullman, Mining of Massive Datasets, 3.4, http://www.mmds.org).
 */
export function bandingFor(threshold: number): Banding {
  for (let rowsPerBand = MOST_ROWS; rowsPerBand > 1; rowsPerBand -= 1) {
    const bands = Math.floor(MOST_ROWS / rowsPerBand);
    if (1 - (1 - threshold ** rowsPerBand) ** bands >= LEAST_RECALL) {
      return { bands, rowsPerBand };
    }
  }
  return { bands: MOST_ROWS, rowsPerBand: 1 };
}
