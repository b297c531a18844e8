import type { TokenRanks } from "./count-merged.ts";

/** Up to so many bytes, looking through all pairs for each joint takes less time than a heap does. */
export const SHORT_PIECE = 64;

const NONE = 0x7fffffff;
/** Where each part begins, and behind the last one where the piece ends; used by one call at a time. */
const starts = new Int32Array(SHORT_PIECE + 1);
/** The rank of each part joined with the next. */
const joined = new Int32Array(SHORT_PIECE + 1);

/** Does what `countMerged` does, for pieces of at most {@link SHORT_PIECE} bytes: nearly all of them. */
export function countMergedShort(piece: string, ranks: TokenRanks): number {
  let parts = piece.length;

  function rankPair(part: number): void {
    const start = starts[part]!;
    const end = part + 2 > parts ? NONE : starts[part + 2]!;
    joined[part] = end - start > ranks.longest ? NONE : (ranks.byBytes.get(piece.slice(start, end)) ?? NONE);
  }

  for (let part = 0; part <= parts; part += 1) {
    starts[part] = part;
  }
  for (let part = 0; part < parts; part += 1) {
    rankPair(part);
  }
  for (let lowest = indexOfLowest(parts); lowest !== -1; lowest = indexOfLowest(parts)) {
    starts.copyWithin(lowest + 1, lowest + 2, parts + 1);
    joined.copyWithin(lowest + 1, lowest + 2, parts);
    parts -= 1;
    rankPair(lowest);
    if (lowest > 0) {
      rankPair(lowest - 1);
    }
  }
  return parts;
}

/** The leftmost of the lowest ranks; -1 where no two parts make a token. */
function indexOfLowest(parts: number): number {
  let lowest = NONE;
  let at = -1;
  for (let part = 0; part < parts; part += 1) {
    if (joined[part]! < lowest) {
      lowest = joined[part]!;
      at = part;
    }
  }
  return at;
}
