import type { PairBatch } from "@dpo-kit/batch";
import { type CountAheadOptions, countAhead } from "./count-ahead.ts";
import type { DatasetStatistics } from "./statistics.ts";
import { StatisticsCollector, type StatisticsOptions } from "./statistics-collector.ts";

/** How a dataset is read. */
export interface CollectOptions extends StatisticsOptions, CountAheadOptions {}

/** Gathers the statistics of a dataset; with tokens, where a function to count them is given. */
export async function collectStatistics(
  batches: AsyncIterable<PairBatch> | Iterable<PairBatch>,
  options: CollectOptions = {},
): Promise<DatasetStatistics> {
  const collector = new StatisticsCollector(options);
  for await (const { batch, tokens } of countAhead(named(batches), options)) {
    collector.observe(batch, tokens);
  }
  return collector.result();
}

async function* named(
  batches: AsyncIterable<PairBatch> | Iterable<PairBatch>,
): AsyncGenerator<{ batch: PairBatch }> {
  for await (const batch of batches) {
    yield { batch };
  }
}
