import { byteString, stringOfBytes } from "./byte-string.ts";
import { countMerged, type TokenRanks } from "./count-merged.ts";
import type { EncodingName } from "./encoding-name.ts";
import { loadVocabulary } from "./load-vocabulary.ts";

/** Counts the tokens of a text. */
export type CountTokens = (text: string) => number;

/** Pieces that are remembered; then all are forgotten. */
const REMEMBERED_PIECES = 100_000;
/** Longer pieces are not remembered: an engine may keep the whole text alive for the sake of one. */
const LONGEST_REMEMBERED = 12;

/**
 * Loads an encoding and gives the function that counts with it. What looks like a special token
 * (`<|endoftext|>`) is ordinary text: in training data it is no more than that.
 */
export async function createTextCounter(encoding: EncodingName): Promise<CountTokens> {
  const { tokens, pattern } = await loadVocabulary(encoding);
  const ranks = ranksOf(tokens);
  const remembered = new Map<string, number>();

  function countPiece(piece: string): number {
    const known = remembered.get(piece);
    if (known !== undefined) {
      return known;
    }
    const bytes = byteString(piece);
    const count = ranks.byBytes.has(bytes) ? 1 : countMerged(bytes, ranks);
    if (piece.length <= LONGEST_REMEMBERED) {
      if (remembered.size >= REMEMBERED_PIECES) {
        remembered.clear();
      }
      remembered.set(piece, count);
    }
    return count;
  }

  return (text) => {
    let count = 0;
    pattern.lastIndex = 0;
    for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
      count += countPiece(match[0]);
    }
    return count;
  };
}

function ranksOf(tokens: readonly (string | readonly number[])[]): TokenRanks {
  const byBytes = new Map<string, number>();
  let longest = 0;
  tokens.forEach((token, rank) => {
    const bytes = typeof token === "string" ? byteString(token) : stringOfBytes(token);
    byBytes.set(bytes, rank);
    longest = Math.max(longest, bytes.length);
  });
  return { byBytes, longest };
}
