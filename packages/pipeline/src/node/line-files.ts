import { selectLines, verdicts } from "@dpo-kit/batch";
import type { Shuffle } from "@dpo-kit/split";
import type { RunEnvironment } from "../conversion-request.ts";
import type { DecidedBatch } from "../decided-batch.ts";
import type { OutputLayout } from "../output-layout.ts";
import { fileName } from "./manifest.ts";
import { createStdoutOutput, type LineOutput, type RunOutputs } from "./run-outputs.ts";

/** The files of canonical lines, by their numbers. */
export interface LineFiles {
  /** Without folders; `-` for standard output. */
  readonly names: readonly string[];
  readonly outputs: readonly LineOutput[];
  /** Writes the lines that are kept, or keeps them until all can be put in their order. */
  write(decided: DecidedBatch): Promise<void>;
  /** Writes what was kept until now. */
  end(): Promise<void>;
  /** From now on lines are put into an order that is drawn; before anything is written. */
  shuffleWith(shuffle: Shuffle): void;
  /** Shows whatever is written, whole lines with the number of their file, to somebody else too. */
  showTo(take: (bytes: Uint8Array, file: number) => Promise<void>): void;
}

/** Opens the files of canonical lines of a layout. */
export async function openLineFiles(
  layout: OutputLayout,
  files: RunOutputs,
  environment: RunEnvironment,
): Promise<LineFiles> {
  if (layout.lines.length === 0) {
    return new Files(["-"], [createStdoutOutput("train", environment)]);
  }
  const outputs: LineOutput[] = [];
  for (const { split, path } of layout.lines) {
    outputs.push(await files.open(split, path, layout.compression));
  }
  return new Files(
    layout.lines.map(({ path }) => fileName(path)),
    outputs,
  );
}

class Files implements LineFiles {
  readonly names: readonly string[];
  readonly outputs: readonly LineOutput[];
  #shuffle: Shuffle | undefined;
  #show: ((bytes: Uint8Array, file: number) => Promise<void>) | undefined;

  constructor(names: readonly string[], outputs: readonly LineOutput[]) {
    this.names = names;
    this.outputs = outputs;
  }

  shuffleWith(shuffle: Shuffle): void {
    this.#shuffle = shuffle;
  }

  showTo(take: (bytes: Uint8Array, file: number) => Promise<void>): void {
    this.#show = take;
  }

  async write(decided: DecidedBatch): Promise<void> {
    if (this.#shuffle !== undefined) {
      this.#shuffle.add(decided.batch, decided);
      return;
    }
    for (const [number, output] of this.outputs.entries()) {
      let uncounted = countOf(decided, number);
      for (const bytes of selectLines(decided.batch, decided, number)) {
        await output.write(bytes, uncounted);
        await this.#show?.(bytes, number);
        uncounted = 0;
      }
    }
  }

  async end(): Promise<void> {
    for (const [number, output] of this.outputs.entries()) {
      for (const { bytes, lines } of inChunks(this.#shuffle?.lines(number) ?? [])) {
        await output.write(bytes, lines);
        await this.#show?.(bytes, number);
      }
    }
  }
}

const CHUNK_BYTES = 1 << 18;

/** Lines joined into larger pieces, since each piece is a write of its own. */
function* inChunks(lines: Iterable<Uint8Array>): Generator<{ bytes: Uint8Array; lines: number }> {
  let waiting: Uint8Array[] = [];
  let size = 0;
  for (const line of lines) {
    waiting.push(line.slice());
    size += line.length;
    if (size >= CHUNK_BYTES) {
      yield { bytes: Buffer.concat(waiting), lines: waiting.length };
      waiting = [];
      size = 0;
    }
  }
  yield { bytes: Buffer.concat(waiting), lines: waiting.length };
}

function countOf({ verdict, output, batch }: DecidedBatch, number: number): number {
  let count = 0;
  for (let pair = 0; pair < batch.count; pair += 1) {
    count += verdict[pair] === verdicts.keep && output[pair] === number ? 1 : 0;
  }
  return count;
}
