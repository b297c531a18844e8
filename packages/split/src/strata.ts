import type { PairBatch } from "@dpo-kit/batch";
import { findColumn } from "./group-keys.ts";

/**
 * What every part has the same mixture of: the source; the length of the line in bytes, in doublings; or the
 * values of a group column.
 */
export type StratifyBy = "source" | "length" | { readonly field: string };

/** Writes what stratum a pair is of, in two words. */
export type WriteStratum = (pair: number, target: Uint32Array, at: number) => void;

/**
 * How the strata of the pairs of a batch are told apart.
 * @throws SPLIT_FIELD_UNKNOWN
 */
export function strataOf(batch: PairBatch, by: StratifyBy): WriteStratum {
  if (by === "source") {
    return (pair, target, at) => writeWords(target, at, [0, batch.sourceId[pair]!]);
  }
  if (by === "length") {
    const { lineEnd } = batch;
    return (pair, target, at) =>
      writeWords(target, at, [0, 32 - Math.clz32(lineEnd[pair]! - (lineEnd[pair - 1] ?? 0))]);
  }
  const { hash } = findColumn(batch, by.field);
  return (pair, target, at) => writeWords(target, at, [hash[2 * pair + 1]!, hash[2 * pair]!]);
}

function writeWords(target: Uint32Array, at: number, [high, low]: [number, number]): void {
  target[at] = high;
  target[at + 1] = low;
}
