import type { IntegerHistogram } from "./integer-histogram.ts";
import { momentsOf } from "./moments.ts";

/** How whole numbers are spread. All 0 where there are none. */
export interface Distribution {
  readonly count: number;
  readonly sum: number;
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  readonly median: number;
  readonly p90: number;
  readonly p95: number;
  readonly p99: number;
  /** Numbers from `from` up to but not at `to`: 0, 1, 2 to 3, 4 to 7 and so on. Without empty ones at the ends. */
  readonly bins: readonly DistributionBin[];
}

export interface DistributionBin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/**
 * Describes a histogram. Quantiles are exact: the smallest number that at least such a share does not exceed
 * (the first of the nine definitions in Hyndman and Fan 1996, https://doi.org/10.1080/00031305.1996.10473566).
 */
export function describeDistribution(histogram: IntegerHistogram): Distribution {
  const entries = histogram.entries();
  const { count, sum, mean } = momentsOf(histogram);
  const quantile = (percent: number): number => quantileOf(entries, Math.ceil((percent * count) / 100));
  return {
    count,
    sum,
    min: entries[0]?.[0] ?? 0,
    max: entries.at(-1)?.[0] ?? 0,
    mean,
    median: quantile(50),
    p90: quantile(90),
    p95: quantile(95),
    p99: quantile(99),
    bins: binsOf(entries),
  };
}

/** The number at a place, counted from 1 in rising order. */
function quantileOf(entries: readonly [number, number][], place: number): number {
  let passed = 0;
  for (const [value, count] of entries) {
    passed += count;
    if (passed >= place) {
      return value;
    }
  }
  return 0;
}

function binsOf(entries: readonly [number, number][]): DistributionBin[] {
  const bins: DistributionBin[] = [];
  let from = binStart(entries[0]?.[0] ?? 0);
  let index = 0;
  while (index < entries.length) {
    const to = from === 0 ? 1 : from * 2;
    let count = 0;
    for (; index < entries.length && entries[index]![0] < to; index += 1) {
      count += entries[index]![1];
    }
    bins.push({ from, to, count });
    from = to;
  }
  return bins;
}

function binStart(value: number): number {
  let start = value === 0 ? 0 : 1;
  while (start > 0 && start * 2 <= value) {
    start *= 2;
  }
  return start;
}
