import type { RunProgress } from "@dpo-kit/pipeline";
import { cutText } from "./fit-text.ts";
import { countOf, formatBytes, formatDuration, formatShare } from "./quantities.ts";
import type { TextStream, TextStyle } from "./terminal.ts";
import { visibleLine } from "./visible-text.ts";

/** A bar on one line of a terminal. */
export interface ProgressBar {
  update(progress: RunProgress): void;
  /** Takes the bar off the screen, so that text can follow. */
  clear(): void;
}

const BAR_WIDTH = 12;
const REDRAW_AFTER = 100;
/** Names of sources in the line. */
const MOST_NAMES = 3;

/** A bar that redraws itself at most ten times a second. `now` gives milliseconds from any fixed moment. */
export function createProgressBar(stream: TextStream, now: () => number): ProgressBar {
  const start = now();
  let drawn = Number.NEGATIVE_INFINITY;
  let shown = false;
  return {
    update(progress) {
      const time = now();
      if (time - drawn < REDRAW_AFTER) {
        return;
      }
      drawn = time;
      shown = true;
      stream.write(`\r\u001b[2K${progressLine(progress, time - start, stream)}`);
    },
    clear() {
      if (shown) {
        stream.write("\r\u001b[2K");
        shown = false;
      }
    },
  };
}

/** The line: how far, how much, how fast, how long still. Without a known total, no bar and no time left. */
export function progressLine(progress: RunProgress, elapsed: number, style: TextStyle): string {
  const { bytesRead, bytesTotal, records, rejected, sources } = progress;
  const rate = elapsed > 0 ? (bytesRead / elapsed) * 1000 : 0;
  const parts = [
    ...(bytesTotal === undefined || bytesTotal === 0 ? [] : howFar(bytesRead, bytesTotal, style)),
    ...(sources === undefined ? [] : [`${sources.done}/${countOf(sources.total, "source")}`]),
    formatBytes(bytesRead),
    `${formatBytes(rate)}/s`,
    ...(bytesTotal === undefined || rate === 0
      ? []
      : [`${formatDuration((Math.max(0, bytesTotal - bytesRead) / rate) * 1000)} left`]),
    countOf(records, "record"),
    ...(rejected > 0 ? [`${countOf(rejected, "reject")}`] : []),
    ...(sources === undefined ? [] : namesOf(sources.current)),
  ];
  // One column stays free: some terminals wrap a line that fills them.
  return cutText(parts.join("  "), style.width - 1, style.symbols.ellipsis);
}

/** Of a recipe: the sources that are under way, by the last parts of their names. */
function namesOf(current: readonly string[]): string[] {
  const names = current.slice(0, MOST_NAMES).map((name) => visibleLine(name.replace(/^.*\/(?=[^/])/su, "")));
  return [...names, ...(current.length > MOST_NAMES ? [`+${current.length - MOST_NAMES}`] : [])];
}

function howFar(bytesRead: number, bytesTotal: number, { symbols }: TextStyle): string[] {
  const done = Math.min(BAR_WIDTH, Math.floor((bytesRead / bytesTotal) * BAR_WIDTH));
  const bar = symbols.barDone.repeat(done) + symbols.barLeft.repeat(BAR_WIDTH - done);
  return [bar, formatShare(Math.min(bytesRead, bytesTotal), bytesTotal).padStart(5)];
}
