import { readDataPage } from "hyparquet/src/datapage.js";
import { decodeLevels, decodeRuns, type Levels, levelsOf, noLevels } from "./levels.ts";
import type { PageHeader } from "./page-window.ts";
import type { ParquetNode } from "./parquet-metadata.ts";
import type { UnpackedPage } from "./unpack-page.ts";

/** Some entries of a page: their levels, of which there are none where a leaf has none, and their values. */
export interface PagePart {
  repetitionLevels: Uint8Array;
  definitionLevels: Uint8Array;
  values: ArrayLike<unknown>;
}

/** Entries in a part: lists that are put together take many times the room of what a page holds. */
export const partEntries: number = 1 << 10;

/** How the values of a page are found. */
export interface PartsOptions {
  node: ParquetNode;
  dictionary: ArrayLike<unknown> | undefined;
}

/** The entries of a page that is unpacked, in parts. What is wrong with it is an ordinary `Error`. */
export function* partsOfPage(
  page: UnpackedPage,
  { node, dictionary }: PartsOptions,
): Generator<PagePart, void, undefined> {
  const { levels, at } = readLevels(page, node);
  const { count, definition, present, repetition } = levels;
  const isFull = definition.length === 0;
  const stored = readValues(page, at, { node, count: isFull ? count : countOf(definition, present) });
  let value = 0;
  for (let entry = 0; entry < count; entry += partEntries) {
    const end = Math.min(count, entry + partEntries);
    const definitionLevels = definition.subarray(entry, end);
    const held = isFull ? end - entry : countOf(definitionLevels, present);
    const values = stored.slice(value, value + held);
    value += held;
    yield {
      definitionLevels,
      repetitionLevels: repetition.subarray(entry, end),
      values: values instanceof Uint32Array ? lookUp(values, dictionary) : values,
    };
  }
}

/** The levels of an unpacked page, and where its values begin. */
function readLevels({ header, bytes }: UnpackedPage, node: ParquetNode): { levels: Levels; at: number } {
  const second = header.data_page_header_v2;
  const count = (header.data_page_header ?? second)!.num_values;
  const lengths = [second?.repetition_levels_byte_length, second?.definition_levels_byte_length];
  let at = 0;
  const [repetition, definition] = levelsOf(node).map((level, index) => {
    let length = lengths[index];
    if (length === undefined && level > 0) {
      length = new DataView(bytes.buffer, bytes.byteOffset + at).getUint32(0, true);
      at += 4;
    }
    at += length ?? 0;
    return level === 0 ? noLevels : decodeLevels(bytes.subarray(at - length!, at), level, count);
  }) as [Uint8Array, Uint8Array];
  return { levels: { count, repetition, definition, present: levelsOf(node)[1] }, at };
}

type Values = ArrayLike<unknown> & { slice(from: number, to: number): ArrayLike<unknown> };

/** The values of a page; of one that refers to a dictionary their indexes, as a list of 32-bit numbers. */
function readValues(
  { header, bytes }: UnpackedPage,
  at: number,
  { node, count }: { node: ParquetNode; count: number },
): Values {
  const { encoding } = dataHeader(header);
  const { type, type_length } = node.element;
  if (encoding.endsWith("_DICTIONARY")) {
    return count === 0
      ? new Uint32Array(0)
      : decodeRuns(bytes.subarray(at + 1), bytes[at]!, new Uint32Array(count));
  }
  const column = {
    type: type!,
    element: { name: "", type: type!, ...(type_length === undefined ? {} : { type_length }) },
    // The levels were read: for the decoder there are none.
    schemaPath: [],
  };
  const values = { ...dataHeader(header), num_values: count };
  const { dataPage } = readDataPage(bytes.subarray(at), values, column as never);
  return dataPage instanceof Uint32Array ? Array.from(dataPage) : (dataPage as Values);
}

function dataHeader(header: PageHeader): NonNullable<PageHeader["data_page_header"]> {
  return (header.data_page_header ?? header.data_page_header_v2) as NonNullable<
    PageHeader["data_page_header"]
  >;
}

function countOf(levels: Uint8Array, wanted: number): number {
  let count = 0;
  for (const level of levels) {
    count += level === wanted ? 1 : 0;
  }
  return count;
}

function lookUp(indexes: Uint32Array, dictionary: ArrayLike<unknown> = []): unknown[] {
  return Array.from(indexes, (index) => {
    if (!(index < dictionary.length)) {
      throw new Error("a page has a value that its dictionary lacks");
    }
    return dictionary[index];
  });
}
