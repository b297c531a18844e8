import { type PairBatch, type VerdictColumn, WORDS_PER_KEY } from "@dpo-kit/batch";
import {
  type CreateEntrySorter,
  type EntrySorter,
  memoryEntrySorters,
  readNumber,
  writeNumber,
} from "@dpo-kit/io";
import { LeakTally } from "./leak-tally.ts";
import { copyKey, eachKept } from "./pair-entries.ts";
import { RunStarts } from "./run-starts.ts";

/** A line of one of the files that are compared. */
export interface LeakPlace {
  /** The number of the file, from 0. */
  readonly file: number;
  /** The line in it, from 1. */
  readonly line: number;
}

/** What one file holds. */
export interface LeakFile {
  readonly lines: number;
  /** How many different prompts its lines have. */
  readonly prompts: number;
}

/** What two files have in common. */
export interface LeakOverlap {
  /** The numbers of the files, the lower first. */
  readonly files: readonly [number, number];
  /** How many prompts are in both. */
  readonly prompts: number;
  /** How many lines of the first and of the second file have such a prompt. */
  readonly lines: readonly [number, number];
}

/** Which prompts are in more than one file. Exact. */
export interface LeakReport {
  readonly files: readonly LeakFile[];
  /** The pairs of files that have a prompt in common; none where nothing leaks. */
  readonly overlaps: readonly LeakOverlap[];
  /** How many prompts are in more than one file. */
  readonly sharedPrompts: number;
  /**
   * Of the first 20 such prompts, in the order of the files and lines in which they come first, where each file has
   * it first.
   */
  readonly examples: readonly (readonly LeakPlace[])[];
}

/** Finds prompts that are in more than one file. */
export interface LeakCheck {
  /** Sees a line: its prompt key is the one with the number `index` in `keys`. */
  add(keys: Uint32Array, index: number, place: LeakPlace): void;
  /** Sees the pairs of a batch that are kept, as lines of the files they go to. */
  addBatch(batch: PairBatch, column: Pick<VerdictColumn, "verdict" | "output">): void;
  /** All lines were seen. */
  report(): LeakReport;
  /** Frees what it holds. Safe to call more than once. */
  close(): void;
}

/** An entry: the prompt key in four words, the number of the file, the line in two. */
const FILE_AT = WORDS_PER_KEY;
const LINE_AT = FILE_AT + 1;
const WIDTH = LINE_AT + 2;

/**
 * Begins to look for prompts that are in more than one file, by their prompt keys (`docs/keys.md`): 28 bytes a line.
 *
 * @param options `createSorter`: where keys are sorted. Default: in memory; `diskEntrySorters` of `@dpo-kit/io/node`
 * goes on on disk. `files`: how many files there are at least, so that those without lines are reported.
 */
export function createLeakCheck(
  options: { createSorter?: CreateEntrySorter; files?: number } = {},
): LeakCheck {
  const sorter = (options.createSorter ?? memoryEntrySorters())(WIDTH);
  const entry = new Uint32Array(WIDTH);
  const lineCounts: number[] = Array.from({ length: options.files ?? 0 }, () => 0);

  function add(keys: Uint32Array, index: number, { file, line }: LeakPlace): void {
    copyKey(keys, index, { target: entry, at: 0 });
    entry[FILE_AT] = file;
    writeNumber(entry, LINE_AT, line);
    sorter.add(entry);
    lineCounts[file] = (lineCounts[file] ?? 0) + 1;
  }

  return {
    add,
    addBatch(batch, { verdict, output }) {
      eachKept(batch, verdict, (pair) => {
        const file = output?.[pair] ?? 0;
        add(batch.promptKey, pair, { file, line: (lineCounts[file] ?? 0) + 1 });
      });
    },
    report() {
      const tally = new LeakTally(Array.from(lineCounts, (lines = 0) => lines));
      countPrompts(sorter, tally);
      return tally.report();
    },
    close: () => sorter.close(),
  };
}

/** Gives the tally every prompt with the files that have it, where each has it first, and in how many lines. */
function countPrompts(sorter: EntrySorter, tally: LeakTally): void {
  const starts = new RunStarts(WORDS_PER_KEY);
  let places: { file: number; line: number; lines: number }[] = [];
  for (const entry of sorter.sorted()) {
    if (starts.at(entry)) {
      tally.add(places);
      places = [];
    }
    const last = places.at(-1);
    if (last !== undefined && last.file === entry[FILE_AT]) {
      last.lines += 1;
    } else {
      places.push({ file: entry[FILE_AT]!, line: readNumber(entry, LINE_AT), lines: 1 });
    }
  }
  tally.add(places);
}
