import { formatShardPath, provisionalShardPath, shardPattern } from "../shard-name.ts";
import type { LineOutput } from "./run-outputs.ts";

/** What a file of lines is written to, shard by shard. */
export interface ShardedLinesOptions {
  /** Where the lines go if they fit into one file. */
  readonly path: string;
  /** The largest shard, in bytes. A line that is longer has a shard of its own. Default: any size. */
  readonly maxBytes?: number | undefined;
  /** Opens a file that gets its name later where `path` is not that of the whole. */
  open(path: string): Promise<LineOutput>;
  /** Gives an open file another name. */
  rename(output: LineOutput, path: string): Promise<void>;
}

const LINE_FEED = 0x0a;

/** A file of lines that goes on in another one where it would be too large; no line is cut. */
export class ShardedLines {
  readonly #options: ShardedLinesOptions;
  readonly #shards: LineOutput[];

  private constructor(options: ShardedLinesOptions, first: LineOutput) {
    this.#options = options;
    this.#shards = [first];
  }

  /** Opens the first file. */
  static async open(options: ShardedLinesOptions): Promise<ShardedLines> {
    return new ShardedLines(options, await options.open(options.path));
  }

  /** The files until now. */
  get shards(): readonly LineOutput[] {
    return this.#shards;
  }

  /** The path of the file, or the pattern of its shards. */
  get path(): string {
    const { path } = this.#options;
    return this.#shards.length === 1 ? path : shardPattern(path);
  }

  /** Takes whole lines; `bytes` must not be changed afterwards. */
  async write(bytes: Uint8Array, lines: number): Promise<void> {
    const { maxBytes } = this.#options;
    if (maxBytes === undefined) {
      await this.#shards.at(-1)!.write(bytes, lines);
      return;
    }
    for (let rest = bytes; rest.length > 0; ) {
      const shard = this.#shards.at(-1)!;
      const fitting = fittingLines(rest, maxBytes - shard.bytes, shard.bytes === 0);
      if (fitting.length > 0) {
        await shard.write(fitting, countLines(fitting));
      }
      rest = rest.subarray(fitting.length);
      if (rest.length > 0) {
        await this.#openNext();
      }
    }
  }

  async #openNext(): Promise<void> {
    const { open, path } = this.#options;
    this.#shards.push(await open(provisionalShardPath(path, this.#shards.length)));
  }

  /** Gives the files their names, now that nothing more comes. */
  async nameShards(): Promise<void> {
    const { path: whole, rename } = this.#options;
    const count = this.#shards.length;
    for (const [index, shard] of count === 1 ? [] : this.#shards.entries()) {
      await rename(shard, formatShardPath({ whole, index, count }));
    }
  }
}

/** The first lines that have room; if `atLeastOne`, the first line in any case. */
function fittingLines(lines: Uint8Array, room: number, atLeastOne: boolean): Uint8Array {
  if (lines.length <= room) {
    return lines;
  }
  const end = room > 0 ? lines.lastIndexOf(LINE_FEED, room - 1) + 1 : 0;
  return lines.subarray(0, end > 0 || !atLeastOne ? end : lines.indexOf(LINE_FEED) + 1);
}

function countLines(bytes: Uint8Array): number {
  let count = 0;
  for (let at = bytes.indexOf(LINE_FEED); at !== -1; at = bytes.indexOf(LINE_FEED, at + 1)) {
    count += 1;
  }
  return count;
}
