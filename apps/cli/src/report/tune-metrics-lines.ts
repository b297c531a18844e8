import type { TuneMetricsResult } from "@dpo-kit/pipeline";
import { lineChart } from "../terminal/line-chart.ts";
import type { TextStyle } from "../terminal/terminal.ts";
import { visibleLine } from "../terminal/visible-text.ts";

const ROWS = 3;
const LABEL = 28;

/** Losses and accuracies as small charts, each with its name, its first and its last number. */
export function tuneMetricsLines(series: TuneMetricsResult["series"], style: TextStyle): string[] {
  const columns = Math.max(10, style.width - LABEL - 4);
  return series.flatMap(({ name, points }) => {
    const values = points.map(({ value }) => value);
    const chart = lineChart(values, { columns, rows: ROWS }, style);
    const labels = [
      visibleLine(name),
      `${shown(values[0]!)} to ${shown(values.at(-1)!)}`,
      `step ${points.at(-1)!.step}`,
    ];
    return chart.map((line, row) =>
      `${(labels[row] ?? "").slice(0, LABEL).padEnd(LABEL)}  ${line}`.trimEnd(),
    );
  });
}

function shown(value: number): string {
  return String(Number(value.toPrecision(4)));
}
