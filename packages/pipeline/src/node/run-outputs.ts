import {
  createDigester,
  createOutputSet,
  type Digester,
  type OutputCompression,
  type OutputFile,
} from "@dpo-kit/io/node";
import type { RunEnvironment } from "../conversion-request.ts";
import type { OutputRecord } from "../conversion-result.ts";

/** A file of lines that is being written, and counted as it grows. */
export interface LineOutput {
  readonly kind: string;
  readonly path: string;
  readonly lines: number;
  /** Before compression. */
  readonly bytes: number;
  /** Takes whole lines; `bytes` must not be changed afterwards. */
  write(bytes: Uint8Array, lines: number): Promise<void>;
  /** Takes one line without its end. */
  writeLine(line: string): Promise<void>;
  /** Says what was written, once nothing more comes. */
  finish(): Promise<OutputRecord>;
}

/** What decides how outputs are written. */
export interface RunOutputsOptions {
  readonly force: boolean;
  readonly digest: boolean;
  /** All paths that the run may write; looked at before anything is written. */
  readonly paths: readonly string[];
}

/** The files of one run: they appear together, when it is complete, or not at all. */
export interface RunOutputs {
  /** Opens a file of lines. */
  open(kind: string, path: string, compression?: OutputCompression): Promise<LineOutput>;
  /** Writes one whole file. */
  writeWhole(kind: string, path: string, text: string): Promise<OutputRecord>;
  /** Gives up one of the files: it will not appear. */
  discard(output: LineOutput): Promise<void>;
  /** Ends all files that are not ended yet and says what was written, in the order of opening. */
  finish(): Promise<OutputRecord[]>;
  /** Puts everything in its place, `last` last; removes what is outdated. */
  commit(options?: { last?: string; outdated?: readonly string[] }): Promise<void>;
  /** Takes back everything that was not committed. */
  abort(): Promise<void>;
}
