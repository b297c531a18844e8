import type { PairBatch } from "@dpo-kit/batch";
import type { TokenColumns } from "./pairs/pair-view.ts";
import type { DatasetStatistics } from "./statistics.ts";
import { StatisticsCollector, type StatisticsOptions } from "./statistics-collector.ts";

/** A function that counts the tokens of the lines of a batch, such as that of a counter or a pool of threads. */
export type CountLines = (batch: PairBatch) => TokenColumns | Promise<TokenColumns>;

/** How a dataset is read. */
export interface CollectOptions extends StatisticsOptions {
  /** Default: none, and no figures in tokens. */
  readonly countLines?: CountLines;
  /** How many batches may wait for their tokens at once. Default: 4. */
  readonly batchesAtOnce?: number;
}

/** Gathers the statistics of a dataset; with tokens, where a function to count them is given. */
export async function collectStatistics(
  batches: AsyncIterable<PairBatch> | Iterable<PairBatch>,
  options: CollectOptions = {},
): Promise<DatasetStatistics> {
  const { countLines, batchesAtOnce = 4 } = options;
  const collector = new StatisticsCollector(options);
  const waiting: { batch: PairBatch; tokens: Promise<TokenColumns | undefined> }[] = [];
  const observeFirst = async (): Promise<void> => {
    const { batch, tokens } = waiting.shift()!;
    collector.observe(batch, await tokens);
  };
  for await (const batch of batches) {
    const tokens = countTokens(batch, countLines);
    // A failure is thrown when its turn comes; until then it must not count as unhandled.
    tokens.catch(() => {});
    waiting.push({ batch, tokens });
    if (waiting.length >= batchesAtOnce) {
      await observeFirst();
    }
  }
  while (waiting.length > 0) {
    await observeFirst();
  }
  return collector.result();
}

async function countTokens(batch: PairBatch, countLines?: CountLines): Promise<TokenColumns | undefined> {
  return countLines?.(batch);
}
