import type { JobMetrics } from "../job.ts";
import { metricNames } from "./metrics.ts";

/** The numbers of one metric, by step. */
export interface MetricSeries {
  readonly name: string;
  readonly points: readonly { readonly step: number; readonly value: number }[];
}

/** Losses and accuracies of all steps, losses first, in the order in which they first appear. */
export function metricSeries(rows: readonly JobMetrics[]): MetricSeries[] {
  const names = metricNames(rows).filter((name) => /loss|accuracy/u.test(name));
  const isLoss = (name: string): number => (name.includes("loss") ? 0 : 1);
  return names
    .sort((a, b) => isLoss(a) - isLoss(b))
    .map((name) => ({
      name,
      points: rows.flatMap((row, index) =>
        row[name] === undefined ? [] : [{ step: row.step ?? index + 1, value: row[name] }],
      ),
    }));
}

const WIDTH = 640;
const HEIGHT = 180;
const MARGIN = 40;
const colours = ["#1f77b4", "#ff7f0e", "#2ca02c", "#9467bd", "#8c564b", "#17becf"];

/** Metrics as an SVG image: one chart of the losses, and one of the accuracies below it. */
export function metricsSvg(rows: readonly JobMetrics[]): string {
  const all = metricSeries(rows);
  const groups = [
    all.filter(({ name }) => name.includes("loss")),
    all.filter(({ name }) => !name.includes("loss")),
  ].filter((group) => group.length > 0);
  const charts = groups.map((group, index) => chartOf(group, index * (HEIGHT + MARGIN)));
  const height = groups.length * (HEIGHT + MARGIN) + MARGIN;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" font-family="sans-serif" font-size="11">`,
    `<rect width="${WIDTH}" height="${height}" fill="#fff"/>`,
    ...charts.flat(),
    "</svg>\n",
  ].join("\n");
}

function chartOf(group: readonly MetricSeries[], top: number): string[] {
  const points = group.flatMap((series) => series.points);
  const steps = boundsOf(points.map(({ step }) => step));
  const values = boundsOf(points.map(({ value }) => value));
  const [left, right, bottom] = [MARGIN + 10, WIDTH - MARGIN, top + MARGIN + HEIGHT - 20];
  const x = (step: number): number => left + scale(step, steps) * (right - left);
  const y = (value: number): number => bottom - scale(value, values) * (bottom - top - MARGIN);
  return [
    `<path d="M${left} ${top + MARGIN}V${bottom}H${right}" fill="none" stroke="#888"/>`,
    `<text x="4" y="${top + MARGIN + 4}">${shown(values.high)}</text>`,
    `<text x="4" y="${bottom}">${shown(values.low)}</text>`,
    `<text x="${left}" y="${bottom + 14}">step ${steps.low}</text>`,
    `<text x="${right}" y="${bottom + 14}" text-anchor="end">step ${steps.high}</text>`,
    ...group.flatMap(({ name, points: line }, index) => [
      `<polyline fill="none" stroke="${colours[index % colours.length]}" points="${line
        .map(({ step, value }) => `${x(step).toFixed(1)},${y(value).toFixed(1)}`)
        .join(" ")}"/>`,
      `<text x="${left + index * 180}" y="${top + MARGIN - 8}" fill="${colours[index % colours.length]}">${escapeXml(name)}</text>`,
    ]),
  ];
}

function boundsOf(numbers: readonly number[]): { low: number; high: number } {
  return numbers.reduce(
    ({ low, high }, number) => ({ low: Math.min(low, number), high: Math.max(high, number) }),
    { low: numbers[0] ?? 0, high: numbers[0] ?? 0 },
  );
}

function scale(value: number, { low, high }: { low: number; high: number }): number {
  return high === low ? 0.5 : (value - low) / (high - low);
}

function shown(value: number): string {
  return String(Number(value.toPrecision(3)));
}

function escapeXml(text: string): string {
  return text.replace(/&/gu, "&amp;").replace(/</gu, "&lt;").replace(/>/gu, "&gt;");
}
