import type { Host } from "../src/commands/command.ts";
import { createPalette } from "../src/terminal/palette.ts";
import { symbolsFor } from "../src/terminal/symbols.ts";
import type { TextStyle } from "../src/terminal/terminal.ts";

/** What a fake process is like. */
export interface FakeHostOptions {
  stdoutIsTTY?: boolean;
  stderrIsTTY?: boolean;
  columns?: number;
  env?: Record<string, string>;
}

/** A process that keeps what is written to it. */
export interface FakeHost extends Host {
  /** All of standard output so far. */
  out(): string;
  /** All of standard error so far. */
  err(): string;
}

/** A host for commands under test: no real stream, no real clock. */
export function fakeHost(options: FakeHostOptions = {}): FakeHost {
  const { stdoutIsTTY = false, stderrIsTTY = false, columns = 80, env = {} } = options;
  const written = { out: "", err: "" };
  let time = 0;
  return {
    stdout: {
      isTTY: stdoutIsTTY,
      columns,
      write(text) {
        written.out += text;
      },
    },
    stderr: {
      isTTY: stderrIsTTY,
      columns,
      write(text) {
        written.err += text;
      },
    },
    env: { LANG: "en_GB.UTF-8", ...env },
    platform: "linux",
    signal: new AbortController().signal,
    now() {
      time += 50;
      return time;
    },
    today: () => "2026-11-23",
    async writeStdout(bytes) {
      written.out += new TextDecoder().decode(bytes);
    },
    out: () => written.out,
    err: () => written.err,
  };
}

/** Plain text, 80 columns, Unicode signs. */
export const plainStyle: TextStyle = { palette: createPalette(false), symbols: symbolsFor(true), width: 80 };
