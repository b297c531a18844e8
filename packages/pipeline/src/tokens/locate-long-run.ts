import { type PairBatch, SPANS_PER_LINE } from "@dpo-kit/batch";
import { DataError, type Location } from "@dpo-kit/schema";
import type { EncodedLines, LineTokens } from "@dpo-kit/tokens";

/** One line of a batch, as counters take it. */
export function encodedLine({ bytes, spans }: PairBatch, pair: number): EncodedLines {
  const own = spans.subarray(pair * SPANS_PER_LINE, (pair + 1) * SPANS_PER_LINE);
  return { count: 1, bytes, spans: own };
}

/** Where the record of a pair is. `sources` are the names of the sources by their number. */
export function pairLocation(batch: PairBatch, pair: number, sources: readonly string[] = []): Location {
  const source = batch.sourceId[pair]!;
  const line = batch.physicalLine[pair]!;
  return {
    source: sources[source] ?? String(source),
    ordinal: batch.recordOrdinal[pair]!,
    ...(line === 0 ? {} : { line }),
  };
}

/** The error of a text that cannot be counted, with the place of its pair; any other as it is. */
export function locatedRun(error: unknown, location: Location): unknown {
  return isRunTooLong(error) ? new DataError("TOKENS_RUN_TOO_LONG", { location, cause: error }) : error;
}

function isRunTooLong(error: unknown): boolean {
  return DataError.isInstance(error) && error.code === "TOKENS_RUN_TOO_LONG";
}

/** Counts as `count` does; of a text that cannot be counted it says which pair it is in. */
export function countLocated(
  count: (lines: EncodedLines) => Promise<LineTokens>,
  sources: readonly string[],
): (batch: PairBatch) => Promise<LineTokens> {
  return async (batch) => {
    try {
      return await count(batch);
    } catch (error) {
      if (isRunTooLong(error)) {
        await failAtPair(batch, count, sources);
      }
      throw error;
    }
  };
}

/** Counts again, pair by pair, so that the one that fails is known. */
async function failAtPair(
  batch: PairBatch,
  count: (lines: EncodedLines) => Promise<LineTokens>,
  sources: readonly string[],
): Promise<void> {
  for (let pair = 0; pair < batch.count; pair += 1) {
    try {
      await count(encodedLine(batch, pair));
    } catch (error) {
      throw locatedRun(error, pairLocation(batch, pair, sources));
    }
  }
}
