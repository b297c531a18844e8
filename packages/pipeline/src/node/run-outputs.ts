import { createOutputSet, createDigester, type Digester, type OutputFile, type OutputSet } from "@dpo-kit/io/node";
import type { OutputRecord } from "../conversion-result.ts";
import type { RunEnvironment } from "../conversion-request.ts";
import type { OutputCompression } from "../output-layout.ts";

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
}
