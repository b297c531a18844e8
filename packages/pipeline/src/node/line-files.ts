import { selectLines, verdicts } from "@dpo-kit/batch";
import type { Shuffle } from "@dpo-kit/split";
import type { RunEnvironment } from "../conversion-request.ts";
import type { DecidedBatch } from "../decided-batch.ts";
import type { OutputLayout } from "../output-layout.ts";
import { fileName } from "./manifest.ts";
import { createStdoutOutput, type LineOutput, type RunOutputs } from "./run-outputs.ts";
import { ShardedLines } from "./sharded-lines.ts";

/** The files of canonical lines, by their numbers. */
export interface LineFiles {
  /** Where they go; of a file in shards the pattern of their names. */
  readonly paths: readonly string[];
  /** The same without folders; `-` for standard output. */
  readonly names: readonly string[];
  /** All that is written to. */
  readonly outputs: readonly LineOutput[];
  /** Writes the lines that are kept, or keeps them until all can be put in their order. */
  write(decided: DecidedBatch): Promise<void>;
  /** Writes what was kept until now, and names the shards: nothing more comes. Can be called again. */
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
  const { compression, lines, shardBytes } = layout;
  if (lines.length === 0) {
    const open = async (): Promise<LineOutput> => createStdoutOutput("train", environment);
    return new Files([await ShardedLines.open({ path: "-", open, rename: async () => {} })]);
  }
  const opened: ShardedLines[] = [];
  for (const { split, path } of lines) {
    opened.push(
      await ShardedLines.open({
        path,
        maxBytes: shardBytes,
        open: (name) => files.open(split, name, { compression, isProvisional: name !== path }),
        rename: (output, name) => files.rename(output, name),
      }),
    );
  }
  return new Files(opened);
}

class Files implements LineFiles {
  readonly #files: readonly ShardedLines[];
  #shuffle: Shuffle | undefined;
  #show: ((bytes: Uint8Array, file: number) => Promise<void>) | undefined;
  #ended: Promise<void> | undefined;

  constructor(files: readonly ShardedLines[]) {
    this.#files = files;
  }

  get paths(): readonly string[] {
    return this.#files.map(({ path }) => path);
  }

  get names(): readonly string[] {
    return this.paths.map(fileName);
  }

  get outputs(): readonly LineOutput[] {
    return this.#files.flatMap(({ shards }) => shards);
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
    for (const [number, file] of this.#files.entries()) {
      let uncounted = countOf(decided, number);
      for (const bytes of selectLines(decided.batch, decided, number)) {
        await file.write(bytes, uncounted);
        await this.#show?.(bytes, number);
        uncounted = 0;
      }
    }
  }

  end(): Promise<void> {
    this.#ended ??= this.#end();
    return this.#ended;
  }

  async #end(): Promise<void> {
    for (const [number, file] of this.#files.entries()) {
      for (const { bytes, lines } of inChunks(this.#shuffle?.lines(number) ?? [])) {
        await file.write(bytes, lines);
        await this.#show?.(bytes, number);
      }
      await file.nameShards();
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
