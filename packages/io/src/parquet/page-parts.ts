import { readDataPage, readDataPageV2 } from "hyparquet/src/datapage.js";
import type { UnpackedPage } from "./unpack-page.ts";

/** Some entries of a page: their levels, of which there are none where all are alike, and their values. */
export interface PagePart {
  repetitionLevels: ArrayLike<number>;
  definitionLevels: ArrayLike<number>;
  values: ArrayLike<unknown>;
}

/** Entries in a part: lists that are put together take many times the room of what a page holds. */
export const partEntries: number = 1 << 12;

type Values = ArrayLike<unknown> & { slice(from: number, to: number): ArrayLike<unknown> };

/** How the values of a page are found. */
export interface PartsOptions {
  column: Parameters<typeof readDataPage>[2];
  /** The definition level of an entry that has a value. */
  present: number;
  dictionary: ArrayLike<unknown> | undefined;
}

/** The entries of a page that is unpacked, in parts. What is wrong with it is an ordinary `Error`. */
export function* partsOfPage(
  { header, bytes }: UnpackedPage,
  { column, present, dictionary }: PartsOptions,
): Generator<PagePart, void, undefined> {
  const first = header.data_page_header;
  const second = header.data_page_header_v2;
  const page = first ? readDataPage(bytes, first, column) : readDataPageV2(bytes, header, column);
  const definition = page.definitionLevels ?? [];
  const repetition = page.repetitionLevels;
  const stored = page.dataPage as unknown as Values;
  const isIndex = (first ?? second)!.encoding.endsWith("_DICTIONARY");
  const count = definition.length || repetition.length || stored.length;
  let value = 0;
  for (let entry = 0; entry < count; entry += partEntries) {
    const definitionLevels = definition.slice(entry, entry + partEntries);
    const entries = Math.min(partEntries, count - entry);
    const held = definition.length === 0 ? entries : countOf(definitionLevels, present);
    const values = stored.slice(value, value + held);
    value += held;
    yield {
      definitionLevels,
      repetitionLevels: repetition.slice(entry, entry + partEntries),
      values: isIndex ? lookUp(values as ArrayLike<number>, dictionary) : values,
    };
  }
}

function countOf(levels: readonly number[], wanted: number): number {
  let count = 0;
  for (const level of levels) {
    count += level === wanted ? 1 : 0;
  }
  return count;
}

function lookUp(indexes: ArrayLike<number>, dictionary: ArrayLike<unknown> = []): unknown[] {
  return Array.from(indexes, (index) => {
    if (!(index < dictionary.length)) {
      throw new Error("a page has a value that its dictionary lacks");
    }
    return dictionary[index];
  });
}
