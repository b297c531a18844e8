import type { Moments } from "./moments.ts";

/**
 * Cohen's d of two groups: the difference of their means over their pooled standard deviation,
 * √(((n₁ − 1)s₁² + (n₂ − 1)s₂²) / (n₁ + n₂ − 2)). Positive where the first is greater; null where it has no bound, as
 * the means differ and nothing varies.
 * 0.2 is called small, 0.5 medium, 0.8 large (J. Cohen, Statistical Power Analysis for the Behavioral Sciences,
 * 2nd edition 1988, chapter 2, https://doi.org/10.4324/9780203771587).
 */
export function cohensD(first: Moments, second: Moments): number | null {
  const freedom = first.count + second.count - 2;
  const pooled =
    ((first.count - 1) * first.variance + (second.count - 1) * second.variance) / Math.max(1, freedom);
  return effectOf(first.mean - second.mean, pooled);
}

/**
 * Cohen's d of paired differences (d_z): their mean over their standard deviation; null where it has no bound, as all
 * are the same and not 0. It takes into account that the two answers of a pair
 * resemble each other (D. Lakens 2013, https://doi.org/10.3389/fpsyg.2013.00863).
 */
export function pairedD(differences: Moments): number | null {
  return effectOf(differences.mean, differences.variance);
}

function effectOf(difference: number, variance: number): number | null {
  if (difference === 0) {
    return 0;
  }
  return variance <= 0 ? null : difference / Math.sqrt(variance);
}
