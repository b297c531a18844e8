import { rm } from "node:fs/promises";
import { join } from "node:path";
import { mergeRuns } from "./merge-runs.ts";
import { writeRun } from "./run-file.ts";
import type { LineOrder, SortedLine } from "./sorted-line.ts";

/** Runs that are merged at once: each takes an open file and a buffer of 64 KiB. */
const FAN_IN = 64;

/** What a line takes in memory beside its texts, roughly. */
const LINE_BYTES = 64;

/** How an external sort works. */
export interface ExternalSortOptions {
  /** An existing folder of its own. */
  directory: string;
  /** What the names of its files begin with. */
  name: string;
  order: LineOrder;
  /** About how many bytes of lines it holds in memory before it writes them out. */
  runBytes: number;
}

/** Sorts more lines than fit into memory: sorted runs on disk, merged when they are read. */
export class ExternalSort {
  readonly #options: ExternalSortOptions;
  #lines: SortedLine[] = [];
  #bytes = 0;
  #runs: string[] = [];
  #written = 0;

  constructor(options: ExternalSortOptions) {
    this.#options = options;
  }

  /** Takes a line; the promise, if there is one, must settle before the next. */
  add(line: SortedLine): Promise<void> | undefined {
    this.#lines.push(line);
    this.#bytes += LINE_BYTES + 2 * (line.key.length + line.text.length);
    return this.#bytes > this.#options.runBytes ? this.#spill() : undefined;
  }

  /** All lines in order. */
  async *sorted(): AsyncGenerator<SortedLine> {
    if (this.#runs.length === 0) {
      yield* this.#takeSorted();
      return;
    }
    if (this.#lines.length > 0) {
      await this.#spill();
    }
    while (this.#runs.length > FAN_IN) {
      await this.#mergeOldest();
    }
    yield* mergeRuns(this.#runs, this.#options.order);
    await Promise.all(this.#runs.map((path) => rm(path, { force: true })));
  }

  #takeSorted(): SortedLine[] {
    const lines = this.#lines.sort(this.#options.order);
    this.#lines = [];
    this.#bytes = 0;
    return lines;
  }

  async #spill(): Promise<void> {
    const path = this.#newPath();
    await writeRun(path, this.#takeSorted());
    this.#runs.push(path);
  }

  async #mergeOldest(): Promise<void> {
    const merged = this.#runs.splice(0, FAN_IN);
    const path = this.#newPath();
    await writeRun(path, mergeRuns(merged, this.#options.order));
    await Promise.all(merged.map((each) => rm(each)));
    this.#runs.push(path);
  }

  #newPath(): string {
    this.#written += 1;
    return join(this.#options.directory, `${this.#options.name}-${this.#written}.run`);
  }
}
