import type { CommandLine } from "../command-line/parse-command-line.ts";
import type { Environment } from "../terminal/capabilities.ts";
import type { RawStream, Terminal } from "../terminal/terminal.ts";

/** What a process lends to the commands; tests lend their own. */
export interface Host {
  readonly stdout: RawStream;
  readonly stderr: RawStream;
  readonly env: Environment;
  readonly platform: string;
  /** Aborted when the process is asked to stop; the reason is an `Interruption`. */
  readonly signal: AbortSignal;
  /** Milliseconds from any fixed moment. */
  now(): number;
  /** The day, `YYYY-MM-DD`. */
  today(): string;
  /** Asks whoever sits at the terminal; missing where nobody does. */
  readonly ask?: ((question: string) => Promise<string>) | undefined;
  /** Writes data to standard output; settles when it has gone out. */
  writeStdout(bytes: Uint8Array): Promise<void>;
}

/** What a command works with. */
export interface CommandContext extends Host {
  readonly terminal: Terminal;
}

/** Does the work and gives the exit code. What stops it is thrown. */
export type Command = (line: CommandLine, context: CommandContext) => Promise<number>;
