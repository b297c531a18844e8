import { spawn } from "node:child_process";
import { Readable } from "node:stream";

/** How a process is run. */
export interface RunProcessOptions {
  /** What it reads on standard input, which is closed after it; pieces are asked for as they are read. Default: nothing. */
  stdin?: Uint8Array | string | AsyncIterable<Uint8Array>;
  /** Set beside what this process has; `undefined` takes a name out. */
  env?: Readonly<Record<string, string | undefined>>;
  cwd?: string;
  /** Sends SIGKILL after this many milliseconds. Default: never. */
  killAfter?: number;
  /** Is given what sends SIGKILL, once the process was started. */
  onStart?: (kill: () => void) => void;
}

/** What came of a process that has ended. */
export interface ProcessResult {
  /** Null where a signal ended it. */
  exitCode: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

/**
 * Runs a process to its end and gives what it wrote, decoded as UTF-8. An exit code other than 0 is a result,
 * not an error; only a process that cannot be started rejects.
 */
export function runProcess(
  command: string,
  args: readonly string[],
  options: RunProcessOptions = {},
): Promise<ProcessResult> {
  const { stdin = "", env, cwd, killAfter, onStart } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env: { ...process.env, ...env } });
    const timer = killAfter === undefined ? undefined : setTimeout(() => child.kill("SIGKILL"), killAfter);
    onStart?.(() => void child.kill("SIGKILL"));
    const output: Buffer[] = [];
    const errors: Buffer[] = [];
    child.stdout.on("data", (piece: Buffer) => output.push(piece));
    child.stderr.on("data", (piece: Buffer) => errors.push(piece));
    child.on("error", reject);
    child.on("close", (exitCode, signal) => {
      clearTimeout(timer);
      resolve({ exitCode, signal, stdout: decode(output), stderr: decode(errors) });
    });
    // A process may end before it has read all: that breaks the pipe, and is no error of this function.
    child.stdin.on("error", () => {});
    if (typeof stdin === "string" || stdin instanceof Uint8Array) {
      child.stdin.end(stdin);
    } else {
      const pieces = Readable.from(stdin);
      child.stdin.on("close", () => pieces.destroy());
      pieces.pipe(child.stdin);
    }
  });
}

function decode(pieces: readonly Buffer[]): string {
  return Buffer.concat(pieces).toString("utf8");
}
