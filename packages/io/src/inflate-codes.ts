import { type HuffmanTable, huffmanTable } from "./huffman-table.ts";
import { InflateError, type InflateState, takeBits } from "./inflate-state.ts";

/** In which order the lengths of the codes for code lengths stand. */
const codeLengthOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

let fixed: [HuffmanTable, HuffmanTable] | undefined;

/** The codes of blocks that name none. */
export function fixedTables(): [HuffmanTable, HuffmanTable] {
  fixed ??= [
    huffmanTable(
      Uint8Array.from({ length: 288 }, (_, at) => (at < 144 ? 8 : at < 256 ? 9 : at < 280 ? 7 : 8)),
    )!,
    huffmanTable(new Uint8Array(32).fill(5))!,
  ];
  return fixed;
}

/** The codes that a block begins with. @throws {InflateError} where they are none. */
export function dynamicTables(state: InflateState): [HuffmanTable, HuffmanTable] {
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

function readLengths(state: InflateState, table: HuffmanTable, count: number): Uint8Array {
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

function takeSymbol(state: InflateState, table: HuffmanTable): number {
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
