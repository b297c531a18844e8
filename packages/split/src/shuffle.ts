import {
  createKeyHasher,
  lineBytes,
  type PairBatch,
  type VerdictColumn,
  WORDS_PER_KEY,
} from "@dpo-kit/batch";
import { type CreateEntrySorter, memoryEntrySorters, readNumber, writeNumber } from "@dpo-kit/io";
import { createDraw } from "./drawn-value.ts";
import { WORDS_PER_PLACE } from "./line-buffer.ts";
import { type CreateLineSorter, type LineSorter, memoryLineSorters } from "./line-sorter.ts";
import { PairDecisions } from "./pair-decisions.ts";
import { copyKey, eachKept } from "./pair-entries.ts";
import { RunStarts } from "./run-starts.ts";
import { checkSeed } from "./seed.ts";

/** How lines are shuffled. */
export interface ShuffleOptions {
  /** Default: 42. */
  readonly seed?: number;
  /** Where keys are sorted, 24 bytes a pair. Default: in memory. */
  readonly createSorter?: CreateEntrySorter;
  /** Where the lines of each output are sorted. Default: in memory. */
  readonly createLineSorter?: CreateLineSorter;
}

/**
 * Puts the lines of each output into an order that is drawn. Two passes: all batches are observed, then all are added,
 * in the same order; then the lines of each output are read once.
 */
export interface Shuffle {
  /** Sees the pairs of a batch that are kept. */
  observe(batch: PairBatch, verdict: Uint8Array): void;
  /** Takes the lines of a batch that are kept, after all batches were observed. */
  add(batch: PairBatch, column: Pick<VerdictColumn, "verdict" | "output">): void;
  /** The lines of an output (default: the first) in their new order, with their `\n`, each valid until the next. */
  lines(output?: number): IterableIterator<Uint8Array>;
  /** Frees what it holds. Safe to call more than once. */
  close(): void;
}

/** An entry: the line key in four words, the number of the pair in two. */
const PAIR_AT = WORDS_PER_KEY;
const WIDTH = PAIR_AT + 2;

/** Where the parts of a place begin: the value drawn in two words, the line key in four, the occurrence in one. */
const KEY_AT = 2;
const OCCURRENCE_AT = 6;

/**
 * Begins a shuffle. Lines stand in the order of a keyed hash of each line and its occurrence, the number of equal
 * lines before it (`docs/keys.md`, "Samples and shuffles"): so the result depends on which lines there are and on the
 * seed, not on the order in which they came, and lines that are taken out leave the others in their order.
 *
 * @throws SPLIT_INVALID for a seed that is none.
 */
export async function createShuffle(options: ShuffleOptions = {}): Promise<Shuffle> {
  const { createSorter = memoryEntrySorters(), createLineSorter = memoryLineSorters() } = options;
  const draw = createDraw(await createKeyHasher(), "shuffle", checkSeed(options.seed));
  const sorter = createSorter(WIDTH);
  const occurrences = new PairDecisions(createSorter);
  const outputs: LineSorter[] = [];
  const entry = new Uint32Array(WIDTH);
  const place = new Uint32Array(WORDS_PER_PLACE);
  let observed = 0;
  let added = 0;
  let isCounted = false;

  function countOccurrences(): void {
    const starts = new RunStarts(PAIR_AT);
    let occurrence = 0;
    for (const each of sorter.sorted()) {
      occurrence = starts.at(each) ? 0 : occurrence + 1;
      if (occurrence > 0) {
        occurrences.add(readNumber(each, PAIR_AT), occurrence);
      }
    }
    sorter.close();
    isCounted = true;
  }

  function sorterOf(output: number): LineSorter {
    outputs[output] ??= createLineSorter();
    return outputs[output];
  }

  return {
    observe(batch, verdict) {
      eachKept(batch, verdict, (pair) => {
        copyKey(batch.lineKey, pair, { target: entry, at: 0 });
        writeNumber(entry, PAIR_AT, observed + pair);
        sorter.add(entry);
      });
      observed += batch.count;
    },
    add(batch, { verdict, output }) {
      if (!isCounted) {
        countOccurrences();
      }
      eachKept(batch, verdict, (pair) => {
        const occurrence = occurrences.on(added + pair);
        writeDrawn(place, draw(batch.lineKey, pair, occurrence));
        copyKey(batch.lineKey, pair, { target: place, at: KEY_AT });
        place[OCCURRENCE_AT] = occurrence;
        sorterOf(output?.[pair] ?? 0).add(place, 0, lineBytes(batch, pair));
      });
      added += batch.count;
    },
    lines: (output = 0) => sorterOf(output).sorted(),
    close() {
      sorter.close();
      occurrences.close();
      for (const each of outputs) {
        each?.close();
      }
    },
  };
}

/** Writes the 53 bits of a value in [0, 1): its top 32 as one word, which is spread evenly, then the rest. */
function writeDrawn(target: Uint32Array, value: number): void {
  const scaled = value * 2 ** 32;
  target[0] = Math.floor(scaled);
  target[1] = (scaled % 1) * 2 ** 21;
}
