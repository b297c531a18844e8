import type { IntegerHistogram } from "./integer-histogram.ts";

/** The first two moments of whole numbers. Computed from exact sums, so that no order of adding changes a digit. */
export interface Moments {
  readonly count: number;
  readonly sum: number;
  /** 0 where there are no numbers. */
  readonly mean: number;
  /** The sample variance, with n − 1; 0 where there are fewer than two numbers. */
  readonly variance: number;
}

/** The moments of what a histogram counted. */
export function momentsOf(histogram: IntegerHistogram): Moments {
  let sum = 0n;
  let squares = 0n;
  for (const [value, count] of histogram.entries()) {
    sum += BigInt(value) * BigInt(count);
    squares += BigInt(value) * BigInt(value) * BigInt(count);
  }
  const count = histogram.total;
  const spread = BigInt(count) * squares - sum * sum;
  return {
    count,
    sum: Number(sum),
    mean: count === 0 ? 0 : Number(sum) / count,
    variance: count < 2 ? 0 : Number(spread) / count / (count - 1),
  };
}
