import { placeOf, RankHeap, rankOf } from "./rank-heap.ts";

/** The ranks of an encoding's tokens, by their bytes. */
export interface TokenRanks {
  /** By the token's bytes, one character a byte. */
  readonly byBytes: ReadonlyMap<string, number>;
  /** Bytes of the longest token. */
  readonly longest: number;
}

const NONE = -1;

/**
 * How many tokens byte pair encoding makes of a piece, given as one character a byte: of all neighbours that make
 * a token together the two of the lowest rank are joined, the leftmost first, until none are left
 * (https://arxiv.org/abs/1508.07909; ranks as in https://github.com/openai/tiktoken).
 *
 * The pairs wait in a heap, so that n bytes take n log n steps. Implementations that look through all pairs for
 * each joint take n² of them: a word of 5 million letters would keep them busy for days.
 */
export function countMerged(piece: string, ranks: TokenRanks): number {
  const { length } = piece;
  // Of each part, by the place it begins at: where the next and the previous begin, and the rank of it with the next.
  const next = new Int32Array(length + 1);
  const previous = new Int32Array(length + 1);
  const joined = new Int32Array(length + 1).fill(NONE);
  const heap = new RankHeap(length);

  function rankPair(place: number): void {
    const end = place < 0 || next[place]! >= length ? NONE : next[next[place]!]!;
    const fits = end !== NONE && end - place <= ranks.longest;
    const rank = fits ? (ranks.byBytes.get(piece.slice(place, end)) ?? NONE) : NONE;
    if (place >= 0) {
      joined[place] = rank;
    }
    if (rank !== NONE) {
      heap.push(rank, place);
    }
  }

  for (let place = 0; place <= length; place += 1) {
    next[place] = place + 1;
    previous[place] = place - 1;
  }
  for (let place = 0; place < length - 1; place += 1) {
    rankPair(place);
  }
  let parts = length;
  for (let entry = heap.pop(); entry !== -1; entry = heap.pop()) {
    const place = placeOf(entry);
    // What was pushed before one of its two changed is out of date.
    if (joined[place] === rankOf(entry)) {
      const gone = next[place]!;
      joined[gone] = NONE;
      next[place] = next[gone]!;
      previous[next[gone]!] = place;
      parts -= 1;
      rankPair(place);
      rankPair(previous[place]!);
    }
  }
  return parts;
}
