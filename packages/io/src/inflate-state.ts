import type { ByteReader } from "./byte-reader.ts";
import type { HuffmanTable } from "./huffman-table.ts";

/** Bytes that a match can reach back to (https://datatracker.ietf.org/doc/html/rfc1951#section-2). */
const windowBytes = 1 << 15;
/** Bytes of output that are given at once. */
const pieceBytes = 1 << 17;
/** The longest match. */
export const longestMatch = 258;

/** Says what is wrong with deflated data. The caller knows where. */
export class InflateError extends Error {
  override readonly name: string = "InflateError";
}

/** How far the unpacking is: what was taken from the input, what was made of it, and the codes of the block. */
export interface InflateState {
  input: ByteReader;
  /** Bits that were taken from the input and not used yet, lowest first. */
  bits: number;
  bitCount: number;
  window: Uint8Array;
  /** Where in the window the next byte goes, and from where on it was not given yet. */
  at: number;
  given: number;
  literals: HuffmanTable;
  distances: HuffmanTable;
}

/** Begins to unpack. */
export function createInflateState(input: ByteReader): InflateState {
  const none = { entries: new Uint16Array(1), bits: 0 };
  return {
    input,
    bits: 0,
    bitCount: 0,
    window: new Uint8Array(windowBytes + pieceBytes + longestMatch),
    at: 0,
    given: 0,
    literals: none,
    distances: none,
  };
}

/** The output that was not given yet; the window keeps what matches can reach back to. */
export function give(state: InflateState): Uint8Array {
  const { window } = state;
  const piece = window.slice(state.given, state.at);
  if (state.at > windowBytes) {
    window.copyWithin(0, state.at - windowBytes, state.at);
    state.at = windowBytes;
  }
  state.given = state.at;
  return piece;
}

/** Puts whole bytes that were taken ahead back; the rest of a begun byte is padding. */
export function giveBack(state: InflateState): void {
  state.input.start -= state.bitCount >> 3;
  state.bits = 0;
  state.bitCount = 0;
}

/** Takes bits from the input, the lowest first. @throws {InflateError} where it is cut off. */
export function takeBits(state: InflateState, count: number): number {
  const { input } = state;
  while (state.bitCount < count) {
    if (input.start >= input.end) {
      throw new InflateError("it is cut off");
    }
    state.bits |= input.bytes[input.start]! << state.bitCount;
    input.start += 1;
    state.bitCount += 8;
  }
  const value = state.bits & ((1 << count) - 1);
  state.bits >>>= count;
  state.bitCount -= count;
  return value;
}
