import type { ByteReader } from "./byte-reader.ts";
import { type HuffmanTable, huffmanTable } from "./huffman-table.ts";

/** Bytes that a match can reach back to. */
const windowBytes = 1 << 15;
/** Bytes of output that are given at once. */
const pieceBytes = 1 << 17;
/** The longest match. */
const longestMatch = 258;
/** More than the largest block header, and than one symbol with its extra bits. */
const enoughBytes = 1 << 10;

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
const codeLengthOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/** Says what is wrong with deflated data. The caller knows where. */
export class InflateError extends Error {
  override readonly name: string = "InflateError";
}

interface State {
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

/**
 * Unpacks deflated data (https://datatracker.ietf.org/doc/html/rfc1951) in pieces of about 128 KiB. Ends behind
 * the last block, with `input` at the byte that follows it. Made because what platforms offer does not say where
 * the data ends, which files of several gzip members need.
 *
 * @throws {InflateError} where the data is cut off or damaged.
 */
export async function* inflate(input: ByteReader): AsyncGenerator<Uint8Array, void, undefined> {
  const window = new Uint8Array(windowBytes + pieceBytes + longestMatch);
  const none = { entries: new Uint16Array(1), bits: 0 };
  const state: State = {
    input,
    bits: 0,
    bitCount: 0,
    window,
    at: 0,
    given: 0,
    literals: none,
    distances: none,
  };
  let isLast = false;
  while (!isLast) {
    await input.fill(enoughBytes);
    isLast = takeBits(state, 1) === 1;
    const type = takeBits(state, 2);
    yield* type === 0 ? storedBlock(state) : codedBlock(state, type);
  }
  giveBack(state);
  if (state.at > state.given) {
    yield give(state);
  }
}

async function* storedBlock(state: State): AsyncGenerator<Uint8Array, void, undefined> {
  const { input, window } = state;
  giveBack(state);
  if (!(await input.fill(4))) {
    throw new InflateError("it is cut off");
  }
  const { bytes, start } = input;
  let left = bytes[start]! | (bytes[start + 1]! << 8);
  if ((left ^ 0xffff) !== (bytes[start + 2]! | (bytes[start + 3]! << 8))) {
    throw new InflateError("the length of a stored block contradicts itself");
  }
  input.start += 4;
  while (left > 0) {
    if (!(await input.fill(1))) {
      throw new InflateError("it is cut off");
    }
    const count = Math.min(left, input.end - input.start, window.length - state.at);
    window.set(input.bytes.subarray(input.start, input.start + count), state.at);
    input.start += count;
    state.at += count;
    left -= count;
    if (state.at === window.length) {
      yield give(state);
    }
  }
}

async function* codedBlock(state: State, type: number): AsyncGenerator<Uint8Array, void, undefined> {
  if (type === 3) {
    throw new InflateError("a block has a type that does not exist");
  }
  [state.literals, state.distances] = type === 1 ? fixedTables() : dynamicTables(state);
  while (true) {
    await state.input.fill(enoughBytes);
    const ended = inflateSymbols(state);
    if (state.at > state.window.length - longestMatch) {
      yield give(state);
    }
    if (ended) {
      return;
    }
  }
}

/** The output that was not given yet; the window keeps what matches can reach back to. */
function give(state: State): Uint8Array {
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
function giveBack(state: State): void {
  state.input.start -= state.bitCount >> 3;
  state.bits = 0;
  state.bitCount = 0;
}

function takeBits(state: State, count: number): number {
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

let fixed: [HuffmanTable, HuffmanTable] | undefined;

function fixedTables(): [HuffmanTable, HuffmanTable] {
  fixed ??= [
    huffmanTable(
      Uint8Array.from({ length: 288 }, (_, at) => (at < 144 ? 8 : at < 256 ? 9 : at < 280 ? 7 : 8)),
    )!,
    huffmanTable(new Uint8Array(32).fill(5))!,
  ];
  return fixed;
}

function dynamicTables(state: State): [HuffmanTable, HuffmanTable] {
  const literalCount = takeBits(state, 5) + 257;
  const distanceCount = takeBits(state, 5) + 1;
  const codeLengthCount = takeBits(state, 4) + 4;
  const codeLengths = new Uint8Array(19);
  for (let index = 0; index < codeLengthCount; index += 1) {
    codeLengths[codeLengthOrder[index]!] = takeBits(state, 3);
  }
  const lengths = readLengths(state, tableOf(codeLengths), literalCount + distanceCount);
  if (lengths[256] === 0) {
    throw new InflateError("a block has no end");
  }
  return [tableOf(lengths.subarray(0, literalCount)), tableOf(lengths.subarray(literalCount))];
}

function tableOf(lengths: Uint8Array): HuffmanTable {
  const table = huffmanTable(lengths);
  if (table === undefined) {
    throw new InflateError("a block has codes that cannot be");
  }
  return table;
}

function readLengths(state: State, table: HuffmanTable, count: number): Uint8Array {
  const lengths = new Uint8Array(count);
  let at = 0;
  while (at < count) {
    const symbol = takeSymbol(state, table);
    if (symbol < 16) {
      lengths[at++] = symbol;
      continue;
    }
    if (symbol === 16 && at === 0) {
      throw new InflateError("a block repeats a code length before the first");
    }
    const length = symbol === 16 ? lengths[at - 1]! : 0;
    const repeat =
      symbol === 16
        ? takeBits(state, 2) + 3
        : symbol === 17
          ? takeBits(state, 3) + 3
          : takeBits(state, 7) + 11;
    if (at + repeat > count) {
      throw new InflateError("a block repeats a code length too often");
    }
    lengths.fill(length, at, at + repeat);
    at += repeat;
  }
  return lengths;
}

function takeSymbol(state: State, table: HuffmanTable): number {
  const { input } = state;
  while (state.bitCount < table.bits && input.start < input.end) {
    state.bits |= input.bytes[input.start]! << state.bitCount;
    input.start += 1;
    state.bitCount += 8;
  }
  const entry = table.entries[state.bits & ((1 << table.bits) - 1)]!;
  const length = entry & 15;
  if (length === 0 || length > state.bitCount) {
    throw new InflateError(state.bitCount < table.bits ? "it is cut off" : "a code means nothing");
  }
  state.bits >>>= length;
  state.bitCount -= length;
  return entry >> 4;
}

/**
 * The inner loop: symbols until the block ends (then true), the window is full, or more input is needed.
 * Everything is in locals, as this is where the time goes.
 */
// biome-ignore lint/complexity/noExcessiveCognitiveComplexity: calls in this loop would halve its speed
function inflateSymbols(state: State): boolean {
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
