import { type DecodedText, decodeText, type Source } from "@dpo-kit/io";
import { syntaxOf } from "./csv-dialect.ts";
import type { CsvConvertOptions, CsvReadOptions } from "./csv-options.ts";
import type { CsvPlan } from "./csv-plan.ts";
import { planCsv } from "./plan-csv.ts";
import type { CsvTable } from "./plan-table.ts";
import { firstLineEnd } from "./read-sample.ts";
import { RecordCursor } from "./record-cursor.ts";
import { scanChunks } from "./scan-chunks.ts";

/** A delimited text that is being read. */
export interface OpenCsv {
  readonly plan: CsvPlan;
  /** Stands at one record after the other while {@link blocks} is gone through. */
  readonly cursor: RecordCursor;
  /** The indexes of the records in each block; the cursor has the block open. The header is not among them. */
  readonly blocks: AsyncGenerator<RecordRange, void, undefined>;
}

/** Records of a block: from `first` on, before `end`. */
export interface RecordRange {
  first: number;
  end: number;
  /** Empty lines that were passed over since the last range. */
  blankLines: number;
}

/**
 * Opens a source and plans its conversion by its first MiB.
 *
 * @throws whatever `decodeText` and `planCsv` throw.
 */
export async function openCsv(source: Source, options: CsvConvertOptions): Promise<OpenCsv> {
  const name = options.source ?? "-";
  const text = await decodeText(source, decodeOptions(options, name));
  try {
    const plan = options.plan ?? planCsv(text, { ...options, source: name });
    const cursor = new RecordCursor({
      header: plan.header,
      quote: syntaxOf(plan.dialect).quote,
      source: name,
    });
    return { plan, cursor, blocks: readRanges(text, { table: plan, cursor, name, options }) };
  } catch (error) {
    await text.chunks.return();
    throw error;
  }
}

/** What of the options is about decoding. */
export function decodeOptions(options: CsvReadOptions, source: string): Parameters<typeof decodeText>[1] {
  const { encoding, signal } = options;
  return {
    source,
    ...(encoding === undefined ? {} : { encoding }),
    ...(signal === undefined ? {} : { signal }),
  };
}

/** What the records of a text are read by. */
export interface Reading {
  table: CsvTable;
  cursor: RecordCursor;
  /** Of the source. */
  name: string;
  options: CsvReadOptions;
}

/** Reads the records of a text, block by block; the cursor has the block open. The header is left out. */
export async function* readRanges(
  text: DecodedText,
  reading: Reading,
): AsyncGenerator<RecordRange, void, undefined> {
  const { table, cursor, name, options } = reading;
  const { maxCellBytes } = options;
  const skipped = table.dialect.separatorLine ? firstLineEnd(text.head) : 0;
  const mark = text.byteOrderMark && text.encoding === "utf-8" ? 3 : 0;
  const blocks = scanChunks(withoutStart(text.chunks, skipped), {
    ...syntaxOf(table.dialect),
    ...(maxCellBytes === undefined ? {} : { maxCellBytes }),
    source: name,
    headerFields: table.header.length,
    firstLine: skipped > 0 ? 2 : 1,
    byteOffset: mark + skipped,
  });
  let headers = 1;
  let left = options.limit ?? Number.POSITIVE_INFINITY;
  for await (const block of blocks) {
    // The first MiB was read before: of it no read can tell that the signal was aborted.
    options.signal?.throwIfAborted();
    const first = Math.min(headers, block.recordCount);
    headers -= first;
    const end = Math.min(block.recordCount, first + left);
    left -= end - first;
    cursor.open(block);
    // What is behind the last record that is asked for is not read, empty lines included.
    yield {
      first,
      end,
      blankLines: left > 0 || headers > 0 ? block.blankLines : blankLinesBefore(block, end),
    };
    if (left <= 0 && headers === 0) {
      return;
    }
  }
}

function blankLinesBefore(block: { recordCount: number; blankLinesBefore: Int32Array }, end: number): number {
  return end === 0 ? 0 : block.blankLinesBefore[end - 1]!;
}

async function* withoutStart(chunks: AsyncIterable<Uint8Array>, bytes: number): AsyncGenerator<Uint8Array> {
  let left = bytes;
  for await (const chunk of chunks) {
    const skipped = Math.min(left, chunk.length);
    left -= skipped;
    yield skipped === 0 ? chunk : chunk.subarray(skipped);
  }
}
