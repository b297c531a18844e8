import type { TuneRunEnvironment } from "@dpo-kit/pipeline/node";
import { tuneMetricsLines } from "../report/tune-metrics-lines.ts";
import { cutText } from "../terminal/fit-text.ts";
import { formatBytes } from "../terminal/quantities.ts";
import type { TextStream } from "../terminal/terminal.ts";
import { visibleLine } from "../terminal/visible-text.ts";

type Progress = Parameters<NonNullable<TuneRunEnvironment["onTune"]>>[0];
type Update = Parameters<NonNullable<TuneRunEnvironment["onUpdate"]>>[0];
type Series = Parameters<NonNullable<TuneRunEnvironment["onUpdate"]>>[1];

/** What is seen of a job while it runs. */
export interface TuneDisplay {
  onTune(progress: Progress): void;
  onUpdate(update: Update, series: Series): void;
  /** Leaves the screen as it is; to be called before anything else is printed. */
  finish(): void;
}

/** Charts that are drawn over on a terminal, a line for each event elsewhere. */
export function createTuneDisplay(stream: TextStream): TuneDisplay {
  let charted: Series = [];
  let drawn = 0;
  let status = "";
  let said = "";
  const draw = (lines: readonly string[]): void => {
    const cut = lines.map((line) => cutText(line, stream.width - 1, stream.symbols.ellipsis));
    const up = drawn === 0 ? "" : `\u001b[${drawn}A`;
    stream.write(`${up}${cut.map((line) => `\u001b[2K${line}\n`).join("")}\u001b[J`);
    drawn = cut.length;
  };
  const tell = (line: string): void => {
    said = visibleLine(line);
    if (stream.isLive) {
      draw([...tuneMetricsLines(charted, stream), `${status}  ${said}`.trim()]);
    } else {
      stream.lines([said]);
    }
  };
  return {
    onTune: (progress) => tell(progressLine(progress)),
    onUpdate(update, series) {
      charted = series;
      if (update.kind === "job") {
        status = visibleLine(update.job.status);
        tell(`${update.job.id} is ${update.job.status}`);
        return;
      }
      tell(eventLine(update.event.message, update.event.metrics));
    },
    finish() {
      drawn = 0;
      charted = [];
    },
  };
}

function progressLine(progress: Progress): string {
  switch (progress.kind) {
    case "uploading":
      return progress.sent === 0
        ? `Uploading ${progress.file} (${formatBytes(progress.bytes)})`
        : `Uploading ${progress.file}: ${formatBytes(progress.sent)} of ${formatBytes(progress.bytes)}`;
    case "uploaded":
      return `${progress.file} is ${progress.isKnown ? "there already" : "uploaded"}: ${progress.id}`;
    case "processing":
      return `${progress.file} is being processed: ${progress.status}`;
    default:
      return `${progress.isKnown ? "There is a job already" : "Created a job"}: ${progress.job}`;
  }
}

function eventLine(message: string, metrics: Readonly<Record<string, number>> | undefined): string {
  const numbers = Object.entries(metrics ?? {}).filter(([name]) => name !== "step");
  return [message, ...numbers.map(([name, value]) => `${name} ${value}`)].join("  ");
}
