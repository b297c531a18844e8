import type { CompressionCodec, PageHeader } from "hyparquet";
import { decompressPage } from "hyparquet/src/datapage.js";
import { bitWidth, checkRuns, levelsOf } from "./levels.ts";
import type { ParquetCompressors } from "./parquet-compressors.ts";
import type { ParquetNode } from "./parquet-metadata.ts";

/** A page whose bytes are not compressed, and a header that says so. */
export interface UnpackedPage {
  header: PageHeader;
  bytes: Uint8Array;
}

/** How the pages of a column are unpacked. */
export interface UnpackOptions {
  node: ParquetNode;
  codec: CompressionCodec;
  compressors: ParquetCompressors;
}

/**
 * Unpacks a page and checks its run lengths. The decoder believes these: a few damaged bytes would make it write
 * a billion values. What is wrong is an ordinary `Error`.
 */
export function unpackPage(page: UnpackedPage, { node, codec, compressors }: UnpackOptions): UnpackedPage {
  const { header, bytes } = page;
  const v2 = header.data_page_header_v2;
  if (header.type !== "DATA_PAGE_V2" || v2 === undefined) {
    const unpacked = decompressPage(bytes, header.uncompressed_page_size, codec, compressors);
    if (header.type === "DATA_PAGE") {
      checkFirstVersion(header, unpacked, node);
    }
    return { header: { ...header, compressed_page_size: unpacked.length }, bytes: unpacked };
  }
  const levels = v2.repetition_levels_byte_length + v2.definition_levels_byte_length;
  if (!(levels >= 0 && levels <= bytes.length && v2.repetition_levels_byte_length >= 0)) {
    throw new Error("the levels of a page reach beyond it");
  }
  const unpacked =
    v2.is_compressed === false || codec === "UNCOMPRESSED"
      ? bytes
      : joined(
          bytes.subarray(0, levels),
          decompressPage(bytes.subarray(levels), header.uncompressed_page_size - levels, codec, compressors),
        );
  checkSecondVersion(v2, unpacked, node);
  return {
    header: {
      ...header,
      compressed_page_size: unpacked.length,
      data_page_header_v2: { ...v2, is_compressed: false },
    },
    bytes: unpacked,
  };
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(first.length + second.length);
  bytes.set(first);
  bytes.set(second, first.length);
  return bytes;
}

function checkFirstVersion(header: PageHeader, bytes: Uint8Array, node: ParquetNode): void {
  const { num_values, encoding } = header.data_page_header!;
  let at = 0;
  for (const level of levelsOf(node)) {
    if (level > 0) {
      at = checkFramedRuns(bytes, at, bitWidth(level), num_values);
    }
  }
  checkValues(bytes, at, { encoding, count: num_values });
}

function checkSecondVersion(
  header: NonNullable<PageHeader["data_page_header_v2"]>,
  bytes: Uint8Array,
  node: ParquetNode,
): void {
  const { num_values, encoding } = header;
  const lengths = [header.repetition_levels_byte_length, header.definition_levels_byte_length];
  let at = 0;
  for (const [index, level] of levelsOf(node).entries()) {
    const end = at + lengths[index]!;
    if (level > 0) {
      checkRuns(bytes.subarray(at, end), bitWidth(level), num_values);
    }
    at = end;
  }
  checkValues(bytes, at, { encoding, count: num_values });
}

/** Indexes into a dictionary, and truth values, are stored as runs too. */
function checkValues(
  bytes: Uint8Array,
  at: number,
  { encoding, count }: { encoding: string; count: number },
): void {
  if (encoding.endsWith("_DICTIONARY") && at < bytes.length) {
    checkRuns(bytes.subarray(at + 1), bytes[at]!, count);
  } else if (encoding === "RLE") {
    checkFramedRuns(bytes, at, 1, count);
  }
}

/** Checks runs that their length stands before, and gives the offset behind them. */
function checkFramedRuns(bytes: Uint8Array, at: number, width: number, count: number): number {
  if (at + 4 > bytes.length) {
    throw new Error("the levels of a page are cut off");
  }
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(at, true);
  const end = at + 4 + length;
  if (end > bytes.length) {
    throw new Error("the levels of a page reach beyond it");
  }
  checkRuns(bytes.subarray(at + 4, end), width, count);
  return end;
}
