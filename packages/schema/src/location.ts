/** Where something is in the input. Everything known is given; what does not apply is left out. */
export interface Location {
  /** The name of the source as the user gave it: a path, an address, `-` for standard input. */
  source: string;
  /** The record's place among the source's records, from 0. */
  ordinal?: number;
  /** The physical line, from 1: what an editor shows. */
  line?: number;
  /** The column in that line, from 1, in UTF-16 code units: what an editor shows. */
  column?: number;
  /** The byte offset from 0, after decompression and, where the encoding is not UTF-8, after decoding to it. */
  byteOffset?: number;
  /** The JSON path or the column name inside the record: `input.messages[0].role`, `prompt`. */
  path?: string;
}

/** `feedback.csv:12:5`, as terminals and editors link it. */
export function formatLocation(location: Location): string {
  const { source, line, column } = location;
  return [source, line, line === undefined ? undefined : column]
    .filter((part) => part !== undefined)
    .join(":");
}
