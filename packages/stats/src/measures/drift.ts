import type { IntegerHistogram } from "./integer-histogram.ts";

/** How far two distributions are apart. */
export interface Drift {
  /**
   * The Kolmogorov-Smirnov statistic: the greatest difference between the two cumulative shares, 0 to 1
   * (https://www.itl.nist.gov/div898/handbook/eda/section3/eda35g.htm).
   */
  readonly ks: number;
  /**
   * What the statistic exceeds once in twenty where both come of the same: 1.358 √((n + m) / nm), for large n and m
   * (N. Smirnov 1948, https://doi.org/10.1214/aoms/1177730256). 1 where one has no numbers.
   */
  readonly critical: number;
  readonly hasDrifted: boolean;
}

/** Compares two histograms. */
export function measureDrift(old: IntegerHistogram, fresh: IntegerHistogram): Drift {
  const ks = old.total === 0 || fresh.total === 0 ? 0 : greatestDifference(old, fresh);
  const critical = Math.min(1, 1.358 * Math.sqrt(1 / old.total + 1 / fresh.total));
  return { ks, critical, hasDrifted: ks > critical };
}

function greatestDifference(old: IntegerHistogram, fresh: IntegerHistogram): number {
  const steps = [
    ...old.entries().map(([value, count]) => ({ value, old: count, fresh: 0 })),
    ...fresh.entries().map(([value, count]) => ({ value, old: 0, fresh: count })),
  ].sort((one, other) => one.value - other.value);
  let oldPassed = 0;
  let freshPassed = 0;
  let greatest = 0;
  steps.forEach((step, index) => {
    oldPassed += step.old;
    freshPassed += step.fresh;
    if (steps[index + 1]?.value !== step.value) {
      greatest = Math.max(greatest, Math.abs(oldPassed / old.total - freshPassed / fresh.total));
    }
  });
  return greatest;
}
