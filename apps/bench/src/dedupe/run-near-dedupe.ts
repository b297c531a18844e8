import { loadBuilt } from "./load-built.ts";
import type { Batch } from "./make-batches.ts";

/** What stands in place of a pair that goes. */
interface Replacement {
  readonly kept: number;
  readonly score: number;
}

interface NearReducer {
  observe(batch: Batch, current: Uint8Array): void;
  decide(observed: object): Promise<void>;
  apply(batch: Batch, current: Uint8Array): { readonly insteadOf: ReadonlyMap<number, Replacement> };
  close(): void;
}

interface DedupeModule {
  createNearDedupe(options: { threshold: number; allowRemoval: number }): NearReducer;
}

/** What the reducer took out: of each pair that went what stands in its place, and how long it took of one processor. */
export interface NearResult {
  readonly removed: ReadonlyMap<number, Replacement>;
  readonly seconds: number;
}

/** Runs the whole reducer over batches in memory. */
export async function runNearDedupe(batches: readonly Batch[], threshold: number): Promise<NearResult> {
  const { createNearDedupe } = await loadBuilt<DedupeModule>("dedupe");
  const reducer = createNearDedupe({ threshold, allowRemoval: 1 });
  const lines = batches.flatMap(linesOf);
  const removed = new Map<number, Replacement>();
  const start = process.cpuUsage();
  for (const batch of batches) {
    reducer.observe(batch, new Uint8Array(batch.count));
  }
  await reducer.decide({ count: lines.length, line: async (pair: number) => lines[pair]! });
  let first = 0;
  for (const batch of batches) {
    for (const [pair, replacement] of reducer.apply(batch, new Uint8Array(batch.count)).insteadOf) {
      removed.set(first + pair, replacement);
    }
    first += batch.count;
  }
  reducer.close();
  const { user, system } = process.cpuUsage(start);
  return { removed, seconds: (user + system) / 1e6 };
}

function linesOf({ bytes, count, lineEnd }: Batch): Uint8Array[] {
  return Array.from({ length: count }, (_, line) =>
    bytes.subarray(line === 0 ? 0 : lineEnd[line - 1]!, lineEnd[line]! - 1),
  );
}
