/** The middle value; of an even number of values the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** `1.23 (1.20-1.31)`: median, smallest and largest. */
export function spread(values: readonly number[], digits: number): string {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return `${median(values).toFixed(digits)} (${low.toFixed(digits)}-${high.toFixed(digits)})`;
}

/** The median of the ratios of runs that stood side by side, which cancels what disturbed the whole round. */
export function pairedRatio(values: readonly number[], references: readonly number[]): number {
  return median(values.map((value, index) => value / references[index]!));
}
