import type { PairBatch } from "@dpo-kit/batch";
import type { TokenColumns } from "../pairs/pair-view.ts";
import type { DatasetDiff } from "./dataset-diff.ts";
import { DiffCollector, type DiffOptions } from "./diff-collector.ts";

/** A batch of a dataset, with what is known of it. */
export interface DiffBatch {
  readonly batch: PairBatch;
  /** The split it belongs to, such as `train`. Default: none. */
  readonly split?: string;
  readonly tokens?: TokenColumns;
}

/** Batches that come one after another. */
export type DiffBatches = AsyncIterable<DiffBatch> | Iterable<DiffBatch>;

/**
 * Compares two datasets: see {@link DiffCollector}.
 * @throws IO_SORT_LIMIT
 */
export async function diffBatches(
  old: DiffBatches,
  fresh: DiffBatches,
  options: DiffOptions = {},
): Promise<DatasetDiff> {
  const collector = new DiffCollector(options);
  try {
    for await (const { batch, ...part } of old) {
      collector.observe(batch, { side: "old", ...part });
    }
    for await (const { batch, ...part } of fresh) {
      collector.observe(batch, { side: "new", ...part });
    }
    return collector.result();
  } finally {
    collector.close();
  }
}
