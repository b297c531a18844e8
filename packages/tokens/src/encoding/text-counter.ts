import { byteString } from "./byte-string.ts";
import { countMerged, type TokenRanks } from "./count-merged.ts";
import { countMergedShort, SHORT_PIECE } from "./count-merged-short.ts";
import type { EncodingName } from "./encoding-name.ts";
import { loadVocabulary } from "./load-vocabulary.ts";

/** Counts the tokens of a text. */
export type CountTokens = (text: string) => number;

/** Pieces that are remembered; then all are forgotten. */
const REMEMBERED_PIECES = 100_000;
/** Of longer texts, in UTF-16 code units, not all pieces are held at once. */
const LONG_TEXT = 1 << 20;
/** In UTF-16 code units: longer pieces are not remembered. */
const LONGEST_REMEMBERED = 32;

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
    const count = countBytes(bytes);
    if (piece.length <= LONGEST_REMEMBERED) {
      if (remembered.size >= REMEMBERED_PIECES) {
        remembered.clear();
      }
      remembered.set(ownCopy(piece), count);
    }
    return count;
  }

  function countBytes(bytes: string): number {
    if (ranks.byBytes.has(bytes)) {
      return 1;
    }
    return bytes.length > SHORT_PIECE ? countMerged(bytes, ranks) : countMergedShort(bytes, ranks);
  }

  return (text) => {
    let count = 0;
    for (const piece of piecesOf(text, pattern)) {
      count += countPiece(piece);
    }
    return count;
  };
}

/** V8 keeps the whole text alive for the sake of a part of 13 characters or more (its sliced strings). */
function ownCopy(piece: string): string {
  return piece.length < 13 ? piece : piece.split("").join("");
}

/** All at once is the faster way, and takes memory with the text. */
function piecesOf(text: string, pattern: RegExp): Iterable<string> {
  return text.length > LONG_TEXT ? eachPiece(text, pattern) : (text.match(pattern) ?? []);
}

function* eachPiece(text: string, pattern: RegExp): Generator<string> {
  for (const [piece] of text.matchAll(pattern)) {
    yield piece;
  }
}

function ranksOf(tokens: readonly (string | readonly number[])[]): TokenRanks {
  const byBytes = new Map<string, number>();
  let longest = 0;
  tokens.forEach((token, rank) => {
    const bytes = typeof token === "string" ? byteString(token) : String.fromCharCode(...token);
    byBytes.set(bytes, rank);
    longest = Math.max(longest, bytes.length);
  });
  return { byBytes, longest };
}
