import { type ByteReader, createByteReader } from "../byte-reader.ts";
import { decodeLevels, type Levels, levelsOf, noLevels } from "./levels.ts";
import { type PagePart, partEntries } from "./page-parts.ts";
import type { PageHeader, PageWindow } from "./page-window.ts";
import type { ParquetNode } from "./parquet-metadata.ts";

/** Unpacks a page piece by piece. */
export type PageStream = (packed: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>;

/** What is known of a page before it is streamed. */
export interface StreamPageOptions {
  header: PageHeader;
  node: ParquetNode;
  /** Missing where pages are not compressed. */
  unpack: PageStream | undefined;
}

/** Smaller pages are unpacked at once, which is faster. */
const largestWholePage = 1 << 22;
/** Bytes of values in a part, if no value is longer. */
const partBytes = 1 << 17;
/** Longer values are refused. */
const largestValue = 1 << 28;

/** Whether a page is large and can be streamed: texts and other bytes, one behind the other. */
export function isStreamed({ header, node }: Omit<StreamPageOptions, "unpack">): boolean {
  const { data_page_header, data_page_header_v2, uncompressed_page_size } = header;
  const encoding = (data_page_header ?? data_page_header_v2)?.encoding;
  return (
    uncompressed_page_size > largestWholePage && node.element.type === "BYTE_ARRAY" && encoding === "PLAIN"
  );
}

/**
 * Reads a page (https://parquet.apache.org/docs/file-format/data-pages/) in parts. Some writers make pages of
 * 100 MiB and more: neither one nor its values are ever held whole. What is wrong is an ordinary `Error`.
 */
export async function* streamPage(
  pages: PageWindow,
  options: StreamPageOptions,
): AsyncGenerator<PagePart, void, undefined> {
  const { header } = options;
  const first = header.data_page_header;
  const separate = first === undefined ? await readSeparateLevels(pages, options) : undefined;
  const packed = pages.pieces(header.compressed_page_size - (separate?.byteLength ?? 0));
  const isPacked = header.data_page_header_v2?.is_compressed !== false;
  const pieces = isPacked && options.unpack !== undefined ? options.unpack(packed) : packed;
  const iterator = pieces[Symbol.asyncIterator]();
  try {
    const input = createByteReader(iterator);
    yield* partsOf(input, separate ?? (await readFramedLevels(input, options.node, first!.num_values)));
  } finally {
    await iterator.return?.();
  }
}

/** In pages of the first version levels stand before the values, their length before them. */
async function readFramedLevels(input: ByteReader, node: ParquetNode, count: number): Promise<Levels> {
  const [repetition, definition] = levelsOf(node);
  const read = async (level: number): Promise<Uint8Array> => {
    if (level === 0) {
      return noLevels;
    }
    const length = littleEndian(await bytesOf(input, 4), 0);
    // Runs of one are the longest way to say it.
    if (length > 2 * count + 1024) {
      throw new Error("the levels of a page are longer than they can be");
    }
    return decodeLevels(await bytesOf(input, length), level, count);
  };
  return {
    count,
    repetition: await read(repetition),
    definition: await read(definition),
    present: definition,
  };
}

async function readSeparateLevels(
  pages: PageWindow,
  { header, node }: StreamPageOptions,
): Promise<Levels & { byteLength: number }> {
  const second = header.data_page_header_v2!;
  const { num_values: count } = second;
  const lengths = [second.repetition_levels_byte_length, second.definition_levels_byte_length];
  const byteLength = lengths[0]! + lengths[1]!;
  if (!lengths.every((length) => length >= 0) || byteLength > header.compressed_page_size) {
    throw new Error("the levels of a page reach beyond it");
  }
  const [repetition, definition] = levelsOf(node);
  const read = async (level: number, length: number): Promise<Uint8Array> => {
    const bytes = await pages.take(length);
    return decodeLevels(bytes, level, count);
  };
  return {
    count,
    repetition: await read(repetition, lengths[0]!),
    definition: await read(definition, lengths[1]!),
    present: definition,
    byteLength,
  };
}

async function* partsOf(input: ByteReader, levels: Levels): AsyncGenerator<PagePart, void, undefined> {
  const { count, definition, present, repetition } = levels;
  for (let entry = 0; entry < count; ) {
    const first = entry;
    const isPresent = (index: number): boolean => definition.length === 0 || definition[index] === present;
    const block = isPresent(entry) ? await nextBlock(input) : noLevels;
    const values: Uint8Array[] = [];
    let at = 0;
    for (; entry < count && entry - first < partEntries; entry += 1) {
      if (isPresent(entry)) {
        const end = valueEnd(block, at, block.length);
        if (end > block.length) {
          break;
        }
        values.push(block.subarray(at + 4, end));
        at = end;
      }
    }
    input.start += at;
    yield {
      repetitionLevels: repetition.subarray(first, entry),
      definitionLevels: definition.subarray(first, entry),
      values,
    };
  }
}

/** The bytes that come next, with at least one whole value, in a buffer of their own. */
async function nextBlock(input: ByteReader): Promise<Uint8Array> {
  await input.fill(partBytes);
  const end = valueEnd(input.bytes, input.start, input.end) - input.start;
  if (end > largestValue && Number.isFinite(end)) {
    throw new Error("a value is longer than any real one");
  }
  if (!(await input.fill(end))) {
    throw new Error("a page is cut off");
  }
  return input.bytes.slice(input.start, Math.min(input.end, input.start + Math.max(end, partBytes)));
}

/** Where a value ends whose length stands at an offset; infinitely far where the length is cut off. */
function valueEnd(bytes: Uint8Array, at: number, limit: number): number {
  return at + 4 > limit ? Number.POSITIVE_INFINITY : at + 4 + littleEndian(bytes, at);
}

async function bytesOf(input: ByteReader, count: number): Promise<Uint8Array> {
  if (!(await input.fill(count))) {
    throw new Error("a page is cut off");
  }
  const bytes = input.bytes.slice(input.start, input.start + count);
  input.start += count;
  return bytes;
}

function littleEndian(bytes: Uint8Array, at: number): number {
  return (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)) >>> 0;
}
