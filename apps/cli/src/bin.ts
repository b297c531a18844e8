import { Interruption } from "./interruption.ts";
import { main } from "./main.ts";

const stop = new AbortController();
/** What the process ends with, whatever the command says, because a stream broke. */
let brokenExitCode: number | undefined;

process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  // A reader that closes the pipe early, as `head` does, is no failure.
  brokenExitCode = error.code === "EPIPE" ? 0 : 2;
  if (brokenExitCode !== 0) {
    process.stderr.write(`error: Standard output cannot be written: ${error.message}\n`);
  }
  stop.abort(new Interruption("", brokenExitCode));
});
// Nobody is left who could be told.
process.stderr.on("error", () => {
  brokenExitCode ??= 0;
});

const exitCodes = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;
for (const signal of ["SIGHUP", "SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    if (stop.signal.aborted) {
      // Asked twice: whatever still cleans up is not waited for.
      process.exit(exitCodes[signal]);
    }
    stop.abort(new Interruption("Stopped; nothing of this run is left behind.", exitCodes[signal]));
  });
}

process.on("uncaughtException", async (error) => {
  const { errorLines } = await import("./report/error-lines.ts");
  const { createTerminal } = await import("./terminal/terminal.ts");
  const { err } = createTerminal(process);
  err.lines(errorLines(error, { trace: process.env.DPO_DEBUG === "1" }, err));
  process.exit(2);
});

function writeStdout(bytes: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(bytes, (error) => (error ? reject(error) : resolve()));
  });
}

function flushed(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => {
    stream.write("", () => resolve());
  });
}

async function ask(question: string): Promise<string> {
  const { createInterface } = await import("node:readline/promises");
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await lines.question(question, { signal: stop.signal });
  } finally {
    lines.close();
  }
}

const exitCode = await main(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  platform: process.platform,
  signal: stop.signal,
  now: () => performance.now(),
  today: () => new Date().toISOString().slice(0, 10),
  ask: process.stdin.isTTY && process.stderr.isTTY ? ask : undefined,
  writeStdout,
});
await Promise.all([flushed(process.stdout), flushed(process.stderr)]);
// Something that is still open, such as a standard input that never ends, must not keep the process alive.
process.exit(brokenExitCode ?? exitCode);
