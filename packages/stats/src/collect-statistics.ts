import type { PairBatch } from "@dpo-kit/batch";
import type { TokenColumns } from "./pairs/pair-view.ts";
import type { DatasetStatistics } from "./statistics.ts";
import { StatisticsCollector, type StatisticsOptions } from "./statistics-collector.ts";

/** A function that counts the tokens of the lines of a batch, such as that of a counter or a pool of threads. */
export type CountLines = (batch: PairBatch) => TokenColumns | Promise<TokenColumns>;

/** Gathers the statistics of a dataset; with tokens, where a function to count them is given. */
export async function collectStatistics(
  batches: AsyncIterable<PairBatch> | Iterable<PairBatch>,
  options: StatisticsOptions & { readonly countLines?: CountLines } = {},
): Promise<DatasetStatistics> {
  const collector = new StatisticsCollector(options);
  for await (const batch of batches) {
    collector.observe(batch, await options.countLines?.(batch));
  }
  return collector.result();
}
