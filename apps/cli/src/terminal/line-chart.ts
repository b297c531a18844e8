import type { TextStyle } from "./terminal.ts";

/** How a chart is drawn. */
export interface ChartOptions {
  /** Columns of the curve; a longer series is thinned out. */
  readonly columns: number;
  /** Lines of the curve. */
  readonly rows: number;
}

const eighths = " ▁▂▃▄▅▆▇█";
const asciiLevels = " .:#";

/**
 * Numbers as columns of blocks, from the smallest to the largest. A row for each line of the chart, the first on top.
 */
export function lineChart(
  values: readonly number[],
  { columns, rows }: ChartOptions,
  { symbols }: Pick<TextStyle, "symbols">,
): string[] {
  const levels = symbols.barDone === "#" ? asciiLevels : eighths;
  const most = levels.length - 1;
  const thinned = thinOut(values, columns);
  const low = Math.min(...thinned);
  const span = Math.max(...thinned) - low;
  // The smallest is still seen.
  const heights = thinned.map((value) =>
    Math.max(1, Math.round((span === 0 ? 0.5 : (value - low) / span) * rows * most)),
  );
  return Array.from({ length: rows }, (_, row) => {
    const below = (rows - 1 - row) * most;
    return heights.map((height) => levels[Math.min(most, Math.max(0, height - below))]).join("");
  });
}

/** At most so many numbers: means of neighbours. */
function thinOut(values: readonly number[], columns: number): number[] {
  if (values.length <= columns) {
    return [...values];
  }
  return Array.from({ length: columns }, (_, column) => {
    const group = values.slice(
      Math.floor((column * values.length) / columns),
      Math.floor(((column + 1) * values.length) / columns),
    );
    return group.reduce((sum, value) => sum + value, 0) / group.length;
  });
}
