/** A line that is sorted: by its key, then by its ordinal. The text is one line of JSON. */
export interface SortedLine {
  key: string;
  ordinal: number;
  text: string;
}

/** Says which of two lines comes first: negative, the left one. Deterministic, by UTF-16 code units. */
export type LineOrder = (left: SortedLine, right: SortedLine) => number;

/** Lines of equal keys stand together, in the order of their ordinals. */
export function byKey(left: SortedLine, right: SortedLine): number {
  if (left.key === right.key) {
    return left.ordinal - right.ordinal;
  }
  return left.key < right.key ? -1 : 1;
}

/** By ordinal alone. */
export function byOrdinal(left: SortedLine, right: SortedLine): number {
  return left.ordinal - right.ordinal;
}

/** JSON escapes tabs and line breaks, so neither stands in a key or a text. A lone surrogate is escaped too. */
export function formatLine({ key, ordinal, text }: SortedLine): string {
  return `${JSON.stringify(key)}\t${ordinal}\t${text}\n`;
}

/** Reads what {@link formatLine} wrote, without its line break. */
export function parseLine(line: string): SortedLine {
  const keyEnd = line.indexOf("\t");
  const ordinalEnd = line.indexOf("\t", keyEnd + 1);
  return {
    key: JSON.parse(line.slice(0, keyEnd)) as string,
    ordinal: Number(line.slice(keyEnd + 1, ordinalEnd)),
    text: line.slice(ordinalEnd + 1),
  };
}
