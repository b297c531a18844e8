/**
 * A table that is indexed by the next `bits` bits of the input and gives `symbol << 4 | length` of the code they
 * begin with; 0 where no code does.
 */
export interface HuffmanTable {
  entries: Uint16Array;
  bits: number;
}

/**
 * The table of a canonical Huffman code (https://datatracker.ietf.org/doc/html/rfc1951#section-3.2.2), or
 * undefined where the lengths are those of no code: too many codes, or, unless there is a single one, too few.
 * @param lengths the code length of each symbol, 0 to 15; 0 where it has none.
 */
export function huffmanTable(lengths: Uint8Array): HuffmanTable | undefined {
  const counts = new Uint16Array(16);
  for (const length of lengths) {
    counts[length]! += 1;
  }
  const codes = lengths.length - counts[0]!;
  counts[0] = 0;
  const next = new Uint16Array(16);
  let space = 1;
  let bits = 0;
  for (let length = 1; length < 16; length += 1) {
    next[length] = (next[length - 1]! + counts[length - 1]!) << 1;
    space = space * 2 - counts[length]!;
    if (space < 0) {
      return undefined;
    }
    bits = counts[length]! > 0 ? length : bits;
  }
  if (space > 0 && codes > 1) {
    return undefined;
  }
  const entries = new Uint16Array(1 << bits);
  for (let symbol = 0; symbol < lengths.length; symbol += 1) {
    const length = lengths[symbol]!;
    if (length > 0) {
      // Codes come with their first bit lowest.
      const first = reverse(next[length]!, length);
      next[length]! += 1;
      for (let index = first; index < entries.length; index += 1 << length) {
        entries[index] = (symbol << 4) | length;
      }
    }
  }
  return { entries, bits };
}

function reverse(code: number, length: number): number {
  let rest = code;
  let result = 0;
  for (let bit = 0; bit < length; bit += 1) {
    result = (result << 1) | (rest & 1);
    rest >>= 1;
  }
  return result;
}
