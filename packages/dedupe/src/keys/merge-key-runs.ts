import type { SpillStore } from "../spill/spill-store.ts";
import { compareKeys } from "./key-order.ts";
import { ENTRY_WORDS, entryValue, type KeyRun, readEntries } from "./key-run.ts";
import { KeyRunWriter } from "./key-run-writer.ts";

const BUFFERED_ENTRIES = 8192;

/** Makes one run of several that have no key in common, and removes them. */
export function mergeKeyRuns(runs: readonly KeyRun[], spill: SpillStore, filterBytes: number): KeyRun {
  const count = runs.reduce((sum, run) => sum + run.count, 0);
  const writer = new KeyRunWriter(spill, { count, filterBytes });
  const cursors = runs.map((run) => new RunCursor(run));
  for (let least = leastOf(cursors); least !== undefined; least = leastOf(cursors)) {
    writer.add(least.words, least.at, entryValue(least.words, least.at));
    least.advance();
  }
  for (const run of runs) {
    run.file.remove();
  }
  return writer.finish();
}

function leastOf(cursors: readonly RunCursor[]): RunCursor | undefined {
  let least: RunCursor | undefined;
  for (const cursor of cursors) {
    if (cursor.isAtEnd) {
      continue;
    }
    if (least === undefined || compareKeys(cursor.words, cursor.at, least.words, least.at) < 0) {
      least = cursor;
    }
  }
  return least;
}

/** Goes through the entries of a run. */
class RunCursor {
  readonly words: Uint32Array = new Uint32Array(BUFFERED_ENTRIES * ENTRY_WORDS);
  readonly #run: KeyRun;
  #next = 0;
  #entries = 0;
  #entry = 0;

  constructor(run: KeyRun) {
    this.#run = run;
    this.#fill();
  }

  get isAtEnd(): boolean {
    return this.#entries === 0;
  }

  /** Where the current entry begins in {@link words}. */
  get at(): number {
    return this.#entry * ENTRY_WORDS;
  }

  advance(): void {
    this.#entry += 1;
    if (this.#entry === this.#entries) {
      this.#fill();
    }
  }

  #fill(): void {
    this.#entries = readEntries(this.#run.file, this.#next, this.words);
    this.#next += this.#entries;
    this.#entry = 0;
  }
}
