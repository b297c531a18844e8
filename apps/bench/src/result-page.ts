import { arch, cpus, platform, release, totalmem } from "node:os";
import type { Contender } from "./contenders.ts";
import type { Race, RaceResult } from "./race.ts";
import type { Measurement } from "./run-measured.ts";
import { median, pairedRatio, spread } from "./statistics.ts";

/** All that the result page tells. */
export interface BenchReport {
  readonly race: Race;
  readonly missing: readonly Contender[];
  readonly validation: readonly Measurement[];
  readonly rounds: number;
  readonly seed: number;
  readonly inputBytes: number;
  readonly inputDigest: string;
  readonly rows: number;
  readonly outputBytes: number;
}

/** The results as a page in Markdown. Names no host, no path and no date. */
export function formatResultPage(report: BenchReport): string {
  return [
    "# Results: from a CSV file to canonical lines",
    "Written by `npm run bench`; see `apps/bench/src`. Every run is a process of its own and writes to a fresh file. Its exit code and the SHA-256 of its output are checked before its time counts. The contenders run in turn, round by round; the input is in the page cache. Times are wall times, start of the process included: median (smallest-largest). CPU seconds are those of all threads, median. Peak memory is what GNU time reports (`ru_maxrss`), the largest of the runs.",
    formatFacts(report),
    formatTable(report),
    formatNotes(report),
  ]
    .join("\n\n")
    .concat("\n");
}

function formatFacts(report: BenchReport): string {
  const { race, missing } = report;
  const processors = cpus();
  const versions = [...race.results.map((one) => one.contender), ...missing]
    .map(({ name, version }) => `${name} ${version ?? "not installed"}`)
    .join(", ");
  const count = (value: number) => value.toString().replace(/\B(?=(\d{3})+$)/gu, ",");
  return [
    `- Machine: ${processors.length} cores (${processors[0]?.model.trim() ?? "unknown"}), ${Math.round(totalmem() / 2 ** 30)} GiB, ${platform()} ${release().match(/^\d+\.\d+/u)} ${arch()}`,
    `- Versions: Node ${process.versions.node}, ${versions}`,
    `- Input: ${count(report.inputBytes)} bytes, ${count(report.rows)} rows, seed ${report.seed}, SHA-256 ${report.inputDigest}`,
    `- Output: ${count(report.outputBytes)} bytes, SHA-256 ${race.outputDigest}`,
    `- Rounds: ${report.rounds}`,
  ].join("\n");
}

/** The times of a race as a Markdown table. */
export function formatTable({
  race,
  missing,
  inputBytes,
}: Pick<BenchReport, "race" | "missing" | "inputBytes">): string {
  const ours = secondsOf(race.results[0]!);
  const rows = race.results.map((result) => {
    const seconds = secondsOf(result);
    const speed = (inputBytes / 1e6 / median(seconds)).toFixed(0);
    const ratio = pairedRatio(seconds, ours).toFixed(2);
    const cpu = formatCpu(result.runs);
    return [result.contender.name, spread(seconds, 2), speed, cpu, formatPeak(result.runs), ratio];
  });
  const absent = missing.map(({ name }) => [name, "not installed here", "", "", "", ""]);
  return alignTable([
    ["", "seconds", "MB/s", "CPU seconds", "peak MiB", `time, \`${race.results[0]!.contender.name}\` = 1`],
    ...rows,
    ...absent,
  ]);
}

/** A Markdown table with its columns aligned, as the formatter of this repository wants it. */
export function alignTable(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(3, ...rows.map((row) => row[column]!.length)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column]!)).join(" | ")} |`;
  const rule = line(widths.map((width) => "-".repeat(width)));
  return [line(rows[0]!), rule, ...rows.slice(1).map(line)].join("\n");
}

function secondsOf({ runs }: RaceResult): number[] {
  return runs.map((run) => run.seconds);
}

/** Of all threads: what does not change where others use the machine too. */
function formatCpu(runs: readonly Measurement[]): string {
  const seconds = runs.map((run) => run.cpuSeconds).filter((each) => each !== undefined);
  return seconds.length === 0 ? "not measured" : median(seconds).toFixed(2);
}

function formatPeak(runs: readonly Measurement[]): string {
  const peaks = runs.map((run) => run.peakMebibytes).filter((peak) => peak !== undefined);
  return peaks.length === 0 ? "not measured" : Math.max(...peaks).toFixed(0);
}

function formatNotes({ race, missing, validation, outputBytes }: BenchReport): string {
  const leftOut = [...race.results.map((one) => one.contender), ...missing]
    .filter((one) => one.leavesOut !== "")
    .map((one) => `- ${one.name}: ${one.leavesOut}`);
  const seconds = validation.map((run) => run.seconds);
  const speed = (outputBytes / 1e6 / median(seconds)).toFixed(0);
  return [
    `\`dpo validate\` on the output: ${spread(seconds, 2)} s, ${speed} MB/s, peak ${formatPeak(validation)} MiB.`,
    `What the others leave out:\n\n${leftOut.join("\n")}`,
  ].join("\n\n");
}
