import { Interruption } from "./interruption.ts";
import { main } from "./main.ts";

const stop = new AbortController();
let readerGone = false;

// A reader that closes the pipe early, as `head` does, is no failure.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") {
      throw error;
    }
    readerGone = true;
    if (stream === process.stdout) {
      stop.abort(new Interruption("The reader of the output has gone", 0));
    }
  });
}

const exitCodes = { SIGINT: 130, SIGTERM: 143 } as const;
for (const signal of ["SIGINT", "SIGTERM"] as const) {
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

const exitCode = await main(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  platform: process.platform,
  signal: stop.signal,
  now: () => performance.now(),
  writeStdout,
});
await Promise.all([flushed(process.stdout), flushed(process.stderr)]);
// Something that is still open, such as a standard input that never ends, must not keep the process alive.
process.exit(readerGone ? 0 : exitCode);
