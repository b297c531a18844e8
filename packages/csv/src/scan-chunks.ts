import { CsvScanner, type CsvScannerOptions } from "./csv-scanner.ts";
import type { RecordBlock } from "./record-block.ts";

/** Pieces of this size stay in a processor's cache while they are scanned. */
const PIECE_BYTES = 256 * 1024;

/**
 * The records of a text, block by block. A block is valid until the next one is asked for.
 *
 * @throws CSV_TOO_MANY_COLUMNS CSV_TOO_MANY_RECOVERIES
 */
export async function* scanChunks(
  chunks: AsyncIterable<Uint8Array>,
  options: CsvScannerOptions,
): AsyncGenerator<RecordBlock, void, undefined> {
  const scanner = new CsvScanner(options);
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length; at += PIECE_BYTES) {
      yield scanner.push(chunk.subarray(at, at + PIECE_BYTES));
      yield* furtherBlocks(scanner);
    }
  }
  yield scanner.finish();
  yield* furtherBlocks(scanner);
}

function* furtherBlocks(scanner: CsvScanner): Generator<RecordBlock, void, undefined> {
  while (scanner.hasMore) {
    yield scanner.more();
  }
}
