import type { RunEnvironment } from "@dpo-kit/pipeline/node";
import type { CommandLine } from "../command-line/parse-command-line.ts";
import { createProgressBar } from "../terminal/progress-bar.ts";
import type { CommandContext } from "./command.ts";
import { dataOnStdout } from "./output-choice.ts";

/** A run as the command sees it, from outside. */
export interface WatchedRun {
  readonly environment: RunEnvironment;
  /** Milliseconds since the start. */
  elapsed(): number;
  /** Of all inputs, as far as it was told. */
  bytesRead(): number;
  /** Takes the bar off the screen; to be called before anything is printed. */
  finish(): void;
}

/** What the pipeline is given, with a progress bar where somebody can see one. */
export function watchRun(line: CommandLine, context: CommandContext): WatchedRun {
  const { terminal, signal, now, writeStdout } = context;
  const start = now();
  const bar = showsProgress(line, context) ? createProgressBar(terminal.err, now) : undefined;
  let bytesRead = 0;
  return {
    environment: {
      signal,
      writeStdout,
      onProgress(progress) {
        bytesRead = progress.bytesRead;
        bar?.update(progress);
      },
    },
    elapsed: () => now() - start,
    bytesRead: () => bytesRead,
    finish() {
      bar?.clear();
    },
  };
}

function showsProgress(line: CommandLine, { terminal }: CommandContext): boolean {
  const { progress, quiet } = line.values;
  // Lines that scroll by on the same screen would be torn apart by a bar.
  const sharesScreen = terminal.out.isTTY && dataOnStdout(line, terminal);
  return terminal.err.isLive && progress !== false && quiet !== true && !sharesScreen;
}
