import { readRleBitPackedHybrid } from "hyparquet/src/encoding.js";
import { getMaxDefinitionLevel, getMaxRepetitionLevel } from "hyparquet/src/schema.js";
import type { ParquetNode } from "./parquet-metadata.ts";

/** The highest repetition and definition level of a leaf; 0 where pages hold none. */
export function levelsOf(node: ParquetNode): [number, number] {
  const path = [...node.plainPath];
  return [getMaxRepetitionLevel(path), getMaxDefinitionLevel(path)];
}

/** How many bits a level takes. */
export function bitWidth(level: number): number {
  return 32 - Math.clz32(level);
}

/** The levels of all entries of a page; none where a leaf has none. */
export interface Levels {
  count: number;
  repetition: Uint8Array;
  definition: Uint8Array;
  /** The definition level of an entry that has a value. */
  present: number;
}

export const noLevels: Uint8Array = new Uint8Array(0);

/** Decodes the levels of as many entries, up to the highest level. */
export function decodeLevels(bytes: Uint8Array, level: number, count: number): Uint8Array {
  return level === 0 ? noLevels : decodeRuns(bytes, bitWidth(level), new Uint8Array(count));
}

/** Decodes runs of values of so many bits until the target is full; values of no bits are 0. */
export function decodeRuns<Target extends Uint8Array | Uint32Array>(
  bytes: Uint8Array,
  width: number,
  target: Target,
): Target {
  if (width === 0) {
    return target;
  }
  checkRuns(bytes, width, target.length);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // The decoder takes anything that it can fill by index.
  readRleBitPackedHybrid({ view, offset: 0 }, width, target as Uint8Array, bytes.length);
  return target;
}

/** Some writers pad the last run. */
const padding = 512;

/** Checks runs (https://parquet.apache.org/docs/file-format/data-pages/encodings/#RLE): no more than `count` values. */
export function checkRuns(bytes: Uint8Array, width: number, count: number): void {
  if (width > 32) {
    throw new Error("a page has values wider than there are");
  }
  let seen = 0;
  for (let at = 0; seen < count && at < bytes.length; ) {
    let header = 0;
    for (let shift = 0, more = true; more; shift += 7, at += 1) {
      if (shift > 28 || at >= bytes.length) {
        throw new Error("the length of a run is cut off");
      }
      header += (bytes[at]! & 0x7f) * 2 ** shift;
      more = bytes[at]! >= 0x80;
    }
    const isPacked = header % 2 === 1;
    const half = Math.floor(header / 2);
    seen += isPacked ? half * 8 : half;
    at += isPacked ? half * width : (width + 7) >> 3;
    if (seen > count + padding) {
      throw new Error("a run is longer than its page");
    }
  }
}
