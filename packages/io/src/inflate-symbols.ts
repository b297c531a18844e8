import { InflateError, type InflateState, longestMatch } from "./inflate-state.ts";

// Of each symbol of a length or a distance the least, and how many bits say how much more
// (https://datatracker.ietf.org/doc/html/rfc1951#section-3.2.5).
const lengthBase = [
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195,
  227, 258,
];
const lengthExtra = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const distanceBase = [
  1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097,
  6145, 8193, 12289, 16385, 24577,
];
const distanceExtra = [
  0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13,
];
/**
 * The inner loop: symbols until the block ends (then true), the window is full, or more input is needed.
 * Everything is in locals, as this is where the time goes.
 */
// biome-ignore lint/complexity/noExcessiveCognitiveComplexity: calls in this loop would halve its speed
export function inflateSymbols(state: InflateState): boolean {
  const { input, window } = state;
  const { bytes, end } = input;
  const { entries: literals, bits: literalBits } = state.literals;
  const { entries: distances, bits: distanceBits } = state.distances;
  const literalMask = (1 << literalBits) - 1;
  const distanceMask = (1 << distanceBits) - 1;
  const lastInput = input.ended ? Number.POSITIVE_INFINITY : end - 16;
  const lastOutput = window.length - longestMatch;
  let { bits, bitCount, at } = state;
  // Zero bytes that stand in for input beyond its end, as codes are looked up with more bits than they have.
  let missing = 0;
  let next = input.start;
  let ended = false;

  while (at <= lastOutput && next <= lastInput && missing * 8 <= bitCount) {
    while (bitCount <= 24) {
      if (next < end) {
        bits |= bytes[next++]! << bitCount;
      } else {
        missing += 1;
      }
      bitCount += 8;
    }
    let entry = literals[bits & literalMask]!;
    let length = entry & 15;
    let symbol = entry >> 4;
    bits >>>= length;
    bitCount -= length;
    if (symbol < 256 && length > 0) {
      window[at++] = symbol;
    } else if (length === 0 || symbol > 285) {
      throw new InflateError(missing > 0 ? "it is cut off" : "a code means nothing");
    } else if (symbol === 256) {
      ended = true;
      break;
    } else {
      let extra = lengthExtra[symbol - 257]!;
      const matchLength = lengthBase[symbol - 257]! + (bits & ((1 << extra) - 1));
      bits >>>= extra;
      bitCount -= extra;
      while (bitCount <= 24) {
        if (next < end) {
          bits |= bytes[next++]! << bitCount;
        } else {
          missing += 1;
        }
        bitCount += 8;
      }
      entry = distances[bits & distanceMask]!;
      length = entry & 15;
      symbol = entry >> 4;
      if (length === 0 || symbol > 29) {
        throw new InflateError(missing > 0 ? "it is cut off" : "a code means nothing");
      }
      bits >>>= length;
      bitCount -= length;
      while (bitCount < 16) {
        if (next < end) {
          bits |= bytes[next++]! << bitCount;
        } else {
          missing += 1;
        }
        bitCount += 8;
      }
      extra = distanceExtra[symbol]!;
      const distance = distanceBase[symbol]! + (bits & ((1 << extra) - 1));
      bits >>>= extra;
      bitCount -= extra;
      if (distance > at) {
        throw new InflateError(missing > 0 ? "it is cut off" : "a match reaches back before the start");
      }
      let from = at - distance;
      for (const stop = at + matchLength; at < stop; ) {
        window[at++] = window[from++]!;
      }
    }
  }
  bitCount -= missing * 8;
  if (bitCount < 0) {
    throw new InflateError("it is cut off");
  }
  Object.assign(state, { bits, bitCount, at });
  input.start = next;
  return ended;
}
