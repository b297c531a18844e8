import { createOutputSet, type OutputFile, type OutputSet } from "@dpo-kit/io/node";
import type { RunEnvironment } from "../conversion-request.ts";
import type { OutputRecord } from "../conversion-result.ts";
import type { OutputCompression } from "../output-layout.ts";
import { writeStdout } from "./write-stdout.ts";

/** A file of lines that is being written, and counted as it grows. */
export interface LineOutput {
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

/** How a file of lines is opened. */
export interface OpenLinesOptions {
  /** Default: none. */
  readonly compression?: OutputCompression;
  /** Its name is given later. Default: false. */
  readonly isProvisional?: boolean;
}

/** The files of one run: they appear together, when it is complete, or not at all. */
export interface RunOutputs {
  /** Opens a file of lines. */
  open(kind: string, path: string, options?: OpenLinesOptions): Promise<LineOutput>;
  /** Gives a file another name in the same folder. */
  rename(output: LineOutput, path: string): Promise<void>;
  /** Writes one whole file. */
  writeWhole(kind: string, path: string, text: string): Promise<OutputRecord>;
  /** Gives up one of the files: it will not appear. */
  discard(output: LineOutput): Promise<void>;
  /** Ends all files and says what was written, in the order of opening. */
  finish(): Promise<OutputRecord[]>;
  /** Puts everything in its place, `last` last; removes what is outdated. */
  commit(options?: { last?: string; outdated?: readonly string[] }): Promise<void>;
  /** Takes back everything that was not committed. */
  abort(): Promise<void>;
}

/**
 * Begins the outputs of a run.
 * @throws IO_OUTPUT_EXISTS IO_WRITE_FAILED
 */
export async function createRunOutputs(options: RunOutputsOptions): Promise<RunOutputs> {
  const files = createOutputSet({ force: options.force });
  await files.check(options.paths);
  return new Outputs(files, options.digest);
}

class Outputs implements RunOutputs {
  readonly #files: OutputSet;
  readonly #digest: boolean;
  readonly #opened = new Map<LineOutput, OutputFile>();
  readonly #renamed = new Map<LineOutput, string>();

  constructor(files: OutputSet, digest: boolean) {
    this.#files = files;
    this.#digest = digest;
  }

  async open(kind: string, path: string, options: OpenLinesOptions = {}): Promise<LineOutput> {
    const file = await this.#files.open(path, { ...options, digest: this.#digest });
    const output = createFileOutput(kind, file);
    this.#opened.set(output, file);
    return output;
  }

  async rename(output: LineOutput, path: string): Promise<void> {
    await this.#files.rename(this.#opened.get(output)!, path);
    this.#renamed.set(output, path);
  }

  async writeWhole(kind: string, path: string, text: string): Promise<OutputRecord> {
    const file = await this.#files.open(path);
    const bytes = new TextEncoder().encode(text);
    await file.write(bytes);
    return { kind, path, lines: text.split("\n").length - 1, bytes: bytes.length };
  }

  async discard(output: LineOutput): Promise<void> {
    const file = this.#opened.get(output);
    this.#opened.delete(output);
    if (file !== undefined) {
      await this.#files.discard(file);
    }
  }

  async finish(): Promise<OutputRecord[]> {
    const records: OutputRecord[] = [];
    for (const output of this.#opened.keys()) {
      const record = await output.finish();
      records.push({ ...record, path: this.#renamed.get(output) ?? record.path });
    }
    return records;
  }

  async commit({ last, outdated = [] }: { last?: string; outdated?: readonly string[] } = {}): Promise<void> {
    await this.#files.commit({ remove: outdated, ...(last === undefined ? {} : { last }) });
  }

  abort(): Promise<void> {
    return this.#files.abort();
  }
}

const encoder = new TextEncoder();

function createFileOutput(kind: string, file: OutputFile): LineOutput {
  let lines = 0;
  let writing: Promise<void> = Promise.resolve();
  async function write(bytes: Uint8Array, by: number): Promise<void> {
    lines += by;
    // One write is under way while the next lines are made.
    await writing;
    writing = file.write(bytes);
    writing.catch(() => {});
  }
  return {
    get bytes() {
      return file.contentBytes;
    },
    write,
    writeLine: (line) => write(encoder.encode(`${line}\n`), 1),
    async finish() {
      await writing;
      const { path, byteCount, digest } = await file.close();
      return { kind, path, lines, bytes: byteCount, ...(digest === undefined ? {} : { digest }) };
    },
  };
}

/** Lines that go to standard output as they come. */
export function createStdoutOutput(kind: string, environment: RunEnvironment): LineOutput {
  const take = environment.writeStdout ?? writeStdout;
  let lines = 0;
  let size = 0;
  async function write(bytes: Uint8Array, by: number): Promise<void> {
    lines += by;
    size += bytes.length;
    await take(bytes);
  }
  return {
    get bytes() {
      return size;
    },
    write,
    writeLine: (line) => write(encoder.encode(`${line}\n`), 1),
    finish: async () => ({ kind, path: "-", lines, bytes: size }),
  };
}
